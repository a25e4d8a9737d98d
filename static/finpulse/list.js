// A list: what is selected, the order of its columns before they are kept, searching while typing.
// The list is swapped in place, so everything is heard at the document.

const FEWEST_LETTERS = 2;
const ROWS = "#result_list tbody tr, .worklist__item";
const boxes = () => [...document.querySelectorAll(".action-select")];

function count() {
  const bar = document.querySelector(".verbs");
  if (!bar) return;
  const all = boxes();
  const chosen = all.filter((box) => box.checked);
  const across = bar.querySelector("[name=across]");
  for (const box of all) box.closest("tr, li").classList.toggle("selected", box.checked || Boolean(across?.checked));
  const whole = document.getElementById("action-toggle");
  if (whole) {
    whole.checked = chosen.length === all.length;
    whole.indeterminate = chosen.length > 0 && chosen.length < all.length;
  }
  bar.classList.toggle("verbs--on", chosen.length > 0 || Boolean(across?.checked));
  bar.querySelector(".verbs__count").textContent = across?.checked ? across.dataset.says : `${chosen.length} selected`;
}

let last = null;

document.addEventListener("change", ({ target }) => {
  if (target.id === "action-toggle") for (const box of boxes()) box.checked = target.checked;
  if (target.matches(".action-select")) last = target;
  if (target.form?.id === "list") count();
});

// With shift, all between the last box and this one.
document.addEventListener("click", (event) => {
  const box = event.target.closest(".action-select");
  if (!box || !event.shiftKey || !last?.isConnected) return;
  const all = boxes();
  const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
  for (const one of all.slice(from, to + 1)) one.checked = box.checked;
  count();
});

document.addEventListener("click", (event) => {
  const move = event.target.closest(".columnsheet [name=move]");
  if (!move) return;
  event.preventDefault();
  const row = move.closest("li");
  const beside = move.value.endsWith(":up") ? row.previousElementSibling : row.nextElementSibling;
  if (!beside || beside.querySelector("[type=hidden]")) return;
  if (move.value.endsWith(":up")) beside.before(row);
  else beside.after(row);
  move.focus();
});

// The row that the keyboard has walked to.
document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-selects=row]")) document.activeElement.closest(ROWS)?.querySelector(".action-select")?.click();
});

// A single letter is no search yet; none shows the whole list again.
document.addEventListener("htmx:beforeRequest", (event) => {
  const search = event.target.closest?.("#changelist-search");
  const typed = search?.elements.q.value.trim().length;
  const typing = event.detail.requestConfig.triggeringEvent?.type !== "submit";
  if (search && typing && typed > 0 && typed < FEWEST_LETTERS) event.preventDefault();
});

// A filter is swapped with its bar: what was its head takes the focus again.
let filter = "";
document.addEventListener("click", ({ target }) => { filter = target.closest?.("#filters a") ? (target.closest("details")?.id ?? "searchbar") : ""; });
document.addEventListener("htmx:afterSettle", () => {
  count();
  if (!filter || document.activeElement !== document.body) return;
  const owner = document.getElementById(filter);
  (owner?.querySelector("summary") ?? owner)?.focus();
  filter = "";
});

count();
