"""Somebody who has a keyboard and no mouse, and sees where he is."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

# Where the focus is, whether a ring shows it (on the label of a radio button that a chip stands for), and whether some
# of it lies under the bar or anything else (WCAG 2.2, 2.4.7 and 2.4.11). A skip link's target is the page itself.
STOP = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return "the focus is lost";
  if (at.matches("main, dialog, [tabindex='-1']")) return "";
  const shown = at.matches(".visually-hidden, input[type=radio]") ? at.closest("label") ?? at : at;
  const name = `${at.tagName.toLowerCase()} “${(at.ariaLabel ?? at.textContent ?? "").trim().slice(0, 40)}” #${at.id}`;
  const rings = [at, shown, at.parentElement].map((element) => getComputedStyle(element));
  const ringed = rings.some(({outlineStyle, outlineWidth, boxShadow}) =>
    (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1.5) || boxShadow.includes("0px 0px 0px"));
  if (!ringed) return `${name} shows no ring`;
  const {left, top, width, height} = shown.getBoundingClientRect();
  const points = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [left + width * x, top + height * y]));
  const seen = points.some(([x, y]) => {
    const there = document.elementFromPoint(x, y);
    return there && (shown.contains(there) || there.contains(shown));
  });
  return seen ? "" : `${name} is covered`;
}"""
MOST_STOPS = 90


class Keyboard:
    """Presses keys on a page; `troubles` are stops whose focus is lost, unseen or covered. `stops` counts them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.stops = 0
        self.troubles: list[str] = []

    def press(self, key: str) -> None:
        """Press one key."""
        self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        """Type words."""
        self.page.keyboard.type(text)

    def go_to(self, target: Locator, *, key: str = "Tab") -> None:
        """Move the focus stop by stop until it is on the target."""
        target.wait_for(state="attached")
        for _ in range(MOST_STOPS):
            if target.evaluate("(element) => element === document.activeElement"):
                return
            self.press(key)
            self.look()
        raise AssertionError(f"{MOST_STOPS} stops lead not to {target}")

    def look(self) -> None:
        """Judge the stop that has the focus."""
        self.stops += 1
        if trouble := self.page.evaluate(STOP):
            self.troubles.append(f"{self.page.url}: {trouble}")
