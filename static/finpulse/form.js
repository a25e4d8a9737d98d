// A change form: what is typed and not saved is asked about before the page is left; the errors take the focus.

const form = document.querySelector(".change-form main form[method=post][id$=_form]");

if (form) {
  const said = () => new URLSearchParams(new FormData(form)).toString();
  // A form that comes back with errors holds what is not saved yet.
  const before = form.querySelector(".errorsummary") ? "" : said();
  let saving = false;
  form.addEventListener("submit", () => { saving = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!saving && said() !== before) event.preventDefault();
  });
}

document.querySelector("main .errorsummary")?.focus();
