// Keyboard shortcuts. An element says its own: data-key="g d" and data-key-says="My day"; ? lists those of the page.

const PAUSE = 1200;
const OFF = "finpulse.keys.off";
const STEPS = { j: 1, k: -1 };
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

function row([keys, says]) {
  const term = document.createElement("dt");
  term.textContent = says;
  const shown = document.createElement("dd");
  for (const key of keys.split(" ")) {
    const cap = document.createElement("kbd");
    cap.textContent = key;
    shown.append(cap, " ");
  }
  return [term, shown];
}

/** Lists the page's keys by group; each says once what it does. */
function list() {
  const groups = new Map([["Do", new Map()], ["On this page", new Map()], ["Go to", new Map()]]);
  for (const { dataset, textContent } of owners()) {
    const group = dataset.keyGroup ?? "On this page";
    if (!groups.has(group)) groups.set(group, new Map());
    groups.get(group).set(dataset.key, dataset.keySays ?? textContent.trim());
  }
  if (rows().length) groups.set("On this page", new Map([["j", "Next row"], ["k", "Row before"], ...groups.get("On this page") ?? []]));
  groups.get("Do").set("?", "This list");
  const place = dialog.querySelector(".keys");
  place.replaceChildren();
  for (const [group, keys] of groups) {
    if (!keys.size) continue;
    const head = document.createElement("h3");
    head.textContent = group;
    const shown = document.createElement("dl");
    shown.append(...[...keys].flatMap(row));
    const section = document.createElement("section");
    section.append(head, shown);
    place.append(section);
  }
  toggle.checked = !off();
}

/** The rows that j and k walk: those of what waits, else those of the list. */
function rows() {
  const waiting = [...document.querySelectorAll("main .worklist__item")];
  return waiting.length ? waiting : [...document.querySelectorAll("main #result_list tbody tr")];
}

function walk(by) {
  const all = rows();
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[at === -1 ? (by > 0 ? 0 : all.length - 1) : at + by];
  next?.querySelector("a[href], button")?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return Boolean(next);
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
  if (event.key.length !== 1 || event.repeat && !STEPS[event.key]) return;
  typed = event.timeStamp - last < PAUSE ? [...typed.slice(-1), event.key.toLowerCase()] : [event.key.toLowerCase()];
  last = event.timeStamp;
  const [pair, single] = [typed.join(" "), typed.at(-1)];
  const owner = owners().find(({ dataset }) => dataset.key === pair) ?? owners().find(({ dataset }) => dataset.key === single);
  if (owner) {
    event.preventDefault();
    typed = [];
    use(owner);
  } else if (STEPS[single] && walk(STEPS[single])) {
    event.preventDefault();
  }
});

for (const opener of document.querySelectorAll("[data-opens=keys]")) opener.addEventListener("click", open);

toggle?.addEventListener("change", () => {
  try {
    localStorage.setItem(OFF, toggle.checked ? "0" : "1");
  } catch {
    // Storage is refused: the keys stay on.
  }
});
