// button[data-copies] puts the text of the field it names on the clipboard and says so; refused, it selects it instead.

for (const button of document.querySelectorAll("[data-copies]")) {
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copies);
    const said = document.getElementById(`${field.id}_copied`);
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = "Copied.";
    } catch {
      field.select();
      said.textContent = "Selected: copy it with your keyboard.";
    }
  });
}
