// The frame's behaviour: theme choice, menus that close.

function remember(theme) {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  document.querySelector("meta[name=color-scheme]").content = theme === "system" ? "light dark" : theme;
  try {
    if (theme === "system") localStorage.removeItem("finpulse.theme");
    else localStorage.setItem("finpulse.theme", theme);
  } catch {
    // Storage is refused: the choice lasts as long as the page.
  }
}

const chosen = document.documentElement.dataset.theme ?? "system";
for (const radio of document.querySelectorAll("input[name=theme]")) {
  radio.checked = radio.value === chosen;
  radio.addEventListener("change", () => remember(radio.value));
}

const sheets = "details.menu[open], details.filter[open]";

document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll(sheets)) {
    if (!open.contains(event.target)) open.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const open of document.querySelectorAll(sheets)) {
    const inside = open.contains(document.activeElement);
    open.open = false;
    if (inside) open.querySelector("summary").focus();
  }
});
