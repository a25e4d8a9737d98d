// A list: what is selected, the order of its columns before they are kept, the next row by key, searching while typing.
// The list is swapped in place, so everything is heard at the document.

const FEWEST_LETTERS = 2;
const ROWS = "#result_list tbody tr";
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

document.addEventListener("click", (event) => {
  const step = event.target.closest("[data-row]");
  if (!step) return;
  const rows = [...document.querySelectorAll(ROWS)];
  const here = rows.indexOf(document.activeElement.closest(ROWS));
  if (step.dataset.row === "0") {
    rows[here]?.querySelector(".action-select")?.click();
    return;
  }
  const next = rows[Math.min(Math.max(here + Number(step.dataset.row), 0), rows.length - 1)];
  (next?.querySelector("th a") ?? next?.querySelector("td a, .action-select"))?.focus();
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

// Led elsewhere (the session is over) or refused: the whole page says so.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, xhr, pathInfo } = event.detail;
  if (target.id !== "list") return;
  const answered = new URL(xhr.responseURL || pathInfo.finalRequestPath, location.href);
  if (xhr.status < 400 && answered.pathname === location.pathname) return;
  event.detail.shouldSwap = false;
  location.assign(xhr.status < 400 ? answered.pathname + answered.search : pathInfo.finalRequestPath);
});
