// Runs before the first paint: the chosen theme is there from the start, and styles know that scripts run.
{
  const root = document.documentElement;
  root.dataset.scripts = "";
  try {
    const theme = localStorage.getItem("finpulse.theme");
    if (theme === "light" || theme === "dark") {
      root.dataset.theme = theme;
      document.querySelector("meta[name=color-scheme]").content = theme;
    }
  } catch {
    // Storage is refused: the system's theme stays.
  }
}
