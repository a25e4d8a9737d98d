// Changes in place: where the focus goes when a row leaves, what the counters show, and what is said when nothing came.

const ROW = ".worklist__item, .event";
const PANEL = ".panel[id]";
const REFUSED = {
  403: "This was refused. If you have signed in again in another tab, reload this page and try once more.",
  404: "It is not here any more, or it is not in your care. Reload the page to see what is.",
  409: "This cannot be done now. Reload the page to see why.",
  429: "Too much was asked at once. Wait a minute and try again.",
  503: "A part of FinPulse is away. Nothing was done; try again in a minute.",
};
const FAILED = "Something went wrong on our side, and nothing was done. It has been written down; try again.";

// Files get a name by their content when they are served: modules speak by events, never by each other's names.
const say = (sentence) => document.dispatchEvent(new CustomEvent("say", { detail: sentence }));

/** The control of another row that does what `button` did in its own; any control of the row if it has none such. */
function controlOf(row, button) {
  const same = [...row.querySelectorAll("button")].find((other) => other.className === button?.className);
  return same ?? row.querySelector("button, a[href]");
}

/** Moves the focus on before the row of `target` is taken away: to the next row, the one before, or the panel's head. */
function leave(target, button) {
  const row = target.closest(ROW);
  if (!row?.contains(document.activeElement) && document.activeElement !== document.body) return;
  const beside = [row.nextElementSibling, row.previousElementSibling].find((other) => other?.matches(ROW) && controlOf(other, button));
  const next = beside ? controlOf(beside, button) : headOf(row.closest(PANEL));
  next?.focus();
}

/** What a list without rows, or the page without the list, is known by. */
function headOf(panel) {
  const head = panel?.querySelector("h2") ?? document.querySelector("main h1") ?? document.querySelector("main");
  head.tabIndex = -1;
  return head;
}

/** Asks for the page again and takes the part of this id from it. Settled at once: later it would take the focus. */
function refresh(part) {
  return window.htmx.ajax("GET", location.href, { target: part, select: `#${part.id}`, swap: "outerHTML settle:0ms" });
}

let sender = null;
let panel = null;

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  sender = detail.requestConfig.triggeringEvent?.submitter ?? detail.elt;
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { xhr, target } = detail;
  if (xhr.status >= 400) {
    const ours = xhr.getResponseHeader("HX-Reswap") !== null;
    detail.shouldSwap = ours;
    detail.isError = !ours;
    return;
  }
  if (!target.matches?.(ROW)) return;
  panel = target.closest(PANEL);
  leave(target, sender);
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.successful || detail.xhr.status >= 400) return;
  const { fresh } = detail.elt.dataset ?? {};
  if (fresh) refresh(document.getElementById(fresh));
  else if (panel && detail.target?.matches?.(ROW) && !panel.querySelector(ROW)) again(panel.id);
});

/** Shows what comes after the last row of a list. */
async function again(id) {
  await refresh(document.getElementById(id));
  headOf(document.getElementById(id)).focus();
}

document.addEventListener("htmx:responseError", ({ detail }) => say(REFUSED[detail.xhr.status] ?? FAILED));
document.addEventListener("htmx:sendError", () => say("The network is away. Nothing was done; try again when it is back."));
document.addEventListener("htmx:timeout", () => say("No answer came in time. Reload the page to see whether it was done."));

document.addEventListener("waiting", ({ detail }) => {
  for (const [name, { shown, words }] of Object.entries(detail)) {
    const put = (kind, text) => {
      for (const place of document.querySelectorAll(`[data-${kind}="${name}"]`)) place.textContent = text;
    };
    if (!words) put("count", "");
    else put("count", shown);
    put("figure", shown);
    put("waiting", words);
  }
});
