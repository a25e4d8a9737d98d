// What is typed into a form[data-draft] outlives a lost session: it is kept in this tab, by user and form, until saved.

const PREFIX = "finpulse.draft.";
const mine = `${PREFIX}${document.body.dataset.user}.`;

function keep(key, value) {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, value);
  } catch {
    // Storage is refused: nothing is kept.
  }
}

function kept() {
  try {
    return Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

const keyOf = (form) => mine + new URL(form.action, location.href).pathname;
const fields = (form) => [...form.elements].filter(({ name, type }) => name && !["hidden", "submit", "password", "file"].includes(type));
const isSet = (field) => (["radio", "checkbox"].includes(field.type) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue);
const words = (form) => fields(form).filter(({ type }) => ["text", "textarea"].includes(type));

/** Tells whether somebody wrote words into the form, and lets others know by its data-typed. */
function isTyped(form) {
  const typed = words(form).some((field) => field.value.trim() !== "");
  form.toggleAttribute("data-typed", typed);
  return typed;
}

/** Forgets what was kept of a form. */
function forget(form) {
  keep(keyOf(form), null);
  keep(`${mine}sent`, null);
}

function note(form) {
  if (!isTyped(form)) return forget(form);
  const values = fields(form).filter(isSet).map(({ name, type, value, checked }) => [name, ["radio", "checkbox"].includes(type) ? checked && value : value]);
  keep(keyOf(form), JSON.stringify({ at: Date.now(), values }));
}

function restore(form) {
  let draft = null;
  try {
    draft = JSON.parse(sessionStorage.getItem(keyOf(form)));
  } catch {
    return;
  }
  if (!draft || isTyped(form)) return;
  for (const [name, value] of draft.values) {
    for (const field of fields(form).filter((found) => found.name === name)) {
      if (["radio", "checkbox"].includes(field.type)) field.checked = field.value === value || (field.checked && value === false);
      else field.value = value;
    }
  }
  const says = form.querySelector("[data-draft-says]");
  if (says) says.textContent = `What you typed at ${new Date(draft.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })} is here again.`;
}

function meet(root) {
  for (const form of root.querySelectorAll?.("form[data-draft]") ?? []) {
    restore(form);
    isTyped(form);
  }
}

document.addEventListener("input", ({ target }) => {
  const form = target.form?.closest("form[data-draft]");
  if (form) note(form);
});
document.addEventListener("submit", ({ target }) => {
  if (target.matches("form[data-draft]")) keep(`${mine}sent`, keyOf(target));
  if (target.matches("form[action$='/logout/']")) kept().forEach((key) => keep(key, null));
});
document.addEventListener("htmx:afterSwap", ({ target }) => meet(target));
document.addEventListener("forget", ({ detail }) => forget(detail));

// Another user's words are not for this one.
if (document.body.dataset.user) kept().filter((key) => !key.startsWith(mine)).forEach((key) => keep(key, null));
try {
  const sent = sessionStorage.getItem(`${mine}sent`);
  keep(`${mine}sent`, null);
  if (sent && document.querySelector("#said .toast--success") && !document.querySelector("form[data-draft]")) keep(sent, null);
} catch {
  // Storage is refused.
}
meet(document);
