// A page that opens over the one shown: a[data-dialog] is fetched into the dialog; any modifier key opens it as a page.

const dialog = document.getElementById("dialog");
const body = document.getElementById("dialog-body");
const ask = document.getElementById("dialog-ask");

const isTyped = (written) => "typed" in written.dataset;
const forget = (written) => document.dispatchEvent(new CustomEvent("forget", { detail: written }));

function form() {
  return body.querySelector("form[data-draft]");
}

let opener = null;

async function open(link) {
  opener = link;
  try {
    await window.htmx.ajax("GET", link.href, { target: body, source: body, swap: "innerHTML" });
  } catch {
    return;
  }
  if (body.querySelector("#dialog-title") && !dialog.open) dialog.showModal();
}

function close() {
  ask.hidden = true;
  dialog.close();
  body.replaceChildren();
  // The browser gives the focus back to what had it; opened by a key, nothing had it.
  if (document.activeElement === document.body) (opener?.isConnected ? opener : document.getElementById("content")).focus();
}

/** Closes at once, or asks first when something was typed that is saved nowhere. */
function leave() {
  if (!form() || !isTyped(form())) return close();
  ask.hidden = false;
  ask.querySelector("[data-keeps]").focus();
}

if (dialog) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-dialog]");
    const modified = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0;
    if (!link || modified || !window.htmx || link.pathname === location.pathname) return;
    event.preventDefault();
    open(link);
  });

  dialog.addEventListener("click", (event) => {
    if (event.target.closest("[data-closes]")) { event.preventDefault(); leave(); }
    if (event.target.closest("[data-keeps]")) { ask.hidden = true; (form().querySelector("[autofocus]") ?? form().elements[0]).focus(); }
    if (event.target.closest("[data-discards]")) { forget(form()); close(); }
  }, { capture: true });

  dialog.addEventListener("cancel", (event) => {
    if (event.target !== dialog) return;
    if (ask.hidden && form() && isTyped(form())) { event.preventDefault(); leave(); } else close();
  });

  let sent = null;
  body.addEventListener("htmx:beforeRequest", ({ detail }) => { sent = detail.requestConfig.verb === "post" ? form() : null; });
  body.addEventListener("htmx:afterSwap", () => {
    if (body.childElementCount) {
      body.querySelector(".errorsummary")?.focus();
      return;
    }
    if (sent) forget(sent);
    sent = null;
    close();
    fresh();
  });
}

/** Asks once for the page again and takes its panels from it: one of them tells of what was done. */
function fresh() {
  const parts = [...document.querySelectorAll("main .panel[id]")].map((part) => `#${part.id}`);
  if (parts.length) window.htmx.ajax("GET", location.href, { source: document.body, target: document.body, swap: "none", selectOOB: parts.join(",") });
}
