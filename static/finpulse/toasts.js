// Notices: what was done leaves after a while, what failed stays until it is closed; the words stay for screen readers.

const READING_TIME = 8000;
const KEPT = 20;
const met = new WeakSet();

function leave(toast) {
  if (toast.contains(document.activeElement)) document.querySelector("main")?.focus();
  toast.classList.add("toast--past");
  toast.querySelector(".toast__close")?.setAttribute("hidden", "");
}

function meet(toast) {
  if (met.has(toast)) return;
  met.add(toast);
  toast.querySelector(".toast__close")?.addEventListener("click", () => leave(toast));
  if (toast.matches(".toast--error, .toast--warning")) return;
  let timer = setTimeout(() => leave(toast), READING_TIME);
  const stay = () => clearTimeout(timer);
  const go = () => { stay(); timer = setTimeout(() => leave(toast), READING_TIME); };
  toast.addEventListener("pointerenter", stay);
  toast.addEventListener("focusin", stay);
  toast.addEventListener("pointerleave", go);
  toast.addEventListener("focusout", go);
}

/** Says a sentence of the page's own: an error, which stays until it is closed. */
function say(sentence) {
  const region = document.getElementById("refused");
  if ([...region.querySelectorAll(".toast:not(.toast--past) p")].some((shown) => shown.textContent === sentence)) return;
  const toast = document.getElementById("toast").content.firstElementChild.cloneNode(true);
  toast.querySelector("p").textContent = sentence;
  region.append(toast);
}

document.addEventListener("say", ({ detail }) => say(detail));

for (const region of document.querySelectorAll("#said, #refused")) {
  new MutationObserver(() => {
    region.querySelectorAll(".toast").forEach(meet);
    for (const old of [...region.querySelectorAll(".toast--past")].slice(0, -KEPT)) old.remove();
  }).observe(region, { childList: true });
  // A live region tells of what comes into it, not of what it was made with.
  requestAnimationFrame(() => region.replaceChildren(...region.children));
}
