// Keyboard shortcuts. An element says its own: data-key="g d" and data-key-says="My day"; ? lists those of the page.

const PAUSE = 1200;
const OFF = "finpulse.keys.off";
const dialog = document.getElementById("keys");
const toggle = dialog?.querySelector("[name=keys]");
let typed = [];
let last = 0;

function off() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
}

function owners() {
  return [...document.querySelectorAll("[data-key]")];
}

function use(owner) {
  if (owner.matches("input, textarea, select")) {
    owner.focus();
    owner.select?.();
  } else {
    owner.click();
  }
}

function list() {
  const rows = dialog.querySelector(".keys");
  rows.replaceChildren();
  const said = new Map(owners().map((owner) => [owner.dataset.key, owner.dataset.keySays ?? owner.textContent.trim()]));
  said.set("?", "This list");
  for (const [keys, says] of said) {
    const term = document.createElement("dt");
    term.textContent = says;
    const shown = document.createElement("dd");
    for (const key of keys.split(" ")) {
      const cap = document.createElement("kbd");
      cap.textContent = key;
      shown.append(cap, " ");
    }
    rows.append(term, shown);
  }
  toggle.checked = !off();
}

function open() {
  list();
  dialog.showModal();
}

function busy(target) {
  return target.closest?.("input, textarea, select, [contenteditable], dialog, .select2-container") && target.type !== "checkbox";
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || busy(event.target) || off()) return;
  if (event.key === "?" && dialog) {
    event.preventDefault();
    open();
    return;
  }
  if (event.key.length !== 1) return;
  typed = event.timeStamp - last < PAUSE ? [...typed.slice(-1), event.key.toLowerCase()] : [event.key.toLowerCase()];
  last = event.timeStamp;
  const [pair, single] = [typed.join(" "), typed.at(-1)];
  const owner = owners().find(({ dataset }) => dataset.key === pair) ?? owners().find(({ dataset }) => dataset.key === single);
  if (!owner) return;
  event.preventDefault();
  typed = [];
  use(owner);
});

for (const opener of document.querySelectorAll("[data-opens=keys]")) opener.addEventListener("click", open);

toggle?.addEventListener("change", () => {
  try {
    localStorage.setItem(OFF, toggle.checked ? "0" : "1");
  } catch {
    // Storage is refused: the keys stay on.
  }
});
