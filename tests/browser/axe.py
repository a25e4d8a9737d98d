"""axe-core on the page as it stands, under the page's own policy."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.judged import JUDGED

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Target size is the one rule of WCAG 2.2 AA that axe has, and rests unless it is asked for.
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations", "incomplete"],
}
# All that a theme changes.
COLOURS = OPTIONS | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, "rules": {}}
RUN = """async ({options, judged}) => {
  const results = await axe.run(document, options);
  const found = [];
  for (const kind of ["violations", "incomplete"]) {
    for (const {id, nodes} of results[kind]) {
      for (const {target, html, any, all, none} of nodes) {
        const checks = [...any, ...all, ...none];
        const cause = checks.map(({data}) => data?.messageKey).find(Boolean) ?? "";
        const element = document.querySelector(target.flat().join(" "));
        const judgement = kind === "violations" ? -1 : judged.findIndex((one) =>
          one.rule === id && one.cause === cause && element.closest(one.within));
        const why = checks.map(({message}) => message).join("; ");
        found.push({rule: id, where: target.flat().join(" "), html: html.slice(0, 160), cause, why, judgement,
          broken: kind === "violations"});
      }
    }
  }
  return found;
}"""


@dataclass(frozen=True)
class Finding:
    """What a rule says of an element: that it breaks it, or that axe cannot tell. `judgement` is an index, or -1."""

    rule: str
    where: str
    html: str
    cause: str
    why: str
    judgement: int
    broken: bool

    def __str__(self) -> str:
        said = "breaks" if self.broken else "is not judged by"
        return f"{self.where} {said} {self.rule} ({self.cause or '-'}): {self.why} | {self.html}"


def run(page: Page, *, colours_only: bool = False) -> list[Finding]:
    """Give what axe finds on the page, by all rules or by those of colours."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    judged = [asdict(judgement) for judgement in JUDGED]
    found: list[dict[str, Any]] = page.evaluate(
        RUN, {"options": COLOURS if colours_only else OPTIONS, "judged": judged}
    )
    return [Finding(**finding) for finding in found]
