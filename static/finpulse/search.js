// The bar's search as one types: a combobox whose options come from the server. Without script the form leads to the list.

const PAUSE = 250;
const SHORTEST = 2;
const form = document.querySelector("form[data-finds]");
const field = form?.querySelector("input");
const place = document.getElementById("found");
const says = document.getElementById("found-says");
let timer = 0;
let asked = "";

const options = () => [...place.querySelectorAll("[role=option]")];
const chosen = () => place.querySelector("[aria-selected=true]");

function close() {
  clearTimeout(timer);
  place.hidden = true;
  field.setAttribute("aria-expanded", "false");
  choose(null);
}

function choose(option) {
  for (const other of options()) other.setAttribute("aria-selected", String(other === option));
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

function show() {
  const list = place.querySelector("[role=listbox]");
  place.hidden = !list;
  field.setAttribute("aria-expanded", String(Boolean(list)));
  says.textContent = list?.dataset.says ?? "";
}

async function ask() {
  const text = field.value.trim();
  if (text.replaceAll(/\s/g, "").length < SHORTEST) {
    asked = "";
    place.replaceChildren();
    return close();
  }
  if (text !== asked) {
    asked = text;
    try {
      await window.htmx?.ajax("GET", form.dataset.finds, { source: field, target: place, swap: "innerHTML" });
    } catch {
      // What did not come is asked for again by the next key; that it did not come is said elsewhere.
      if (asked === text) asked = "";
      return;
    }
  }
  if (document.activeElement === field && field.value.trim() === text) show();
}

function step(by) {
  const all = options();
  const at = all.indexOf(chosen());
  choose(all[at === -1 && by < 0 ? all.length - 1 : (at + by + all.length) % all.length]);
}

if (field) {
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", place.id);
  field.setAttribute("hx-sync", "this:replace");

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener("focus", () => { if (field.value.trim() === asked && asked) show(); });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const open = !place.hidden;
    if (open && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (open && event.key === "Enter" && chosen()) {
      event.preventDefault();
      chosen().click();
    } else if (open && event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  form.addEventListener("focusout", ({ relatedTarget }) => { if (!form.contains(relatedTarget)) close(); });
  place.addEventListener("pointerdown", (event) => event.preventDefault());
}
