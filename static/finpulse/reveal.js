// What is shown whole for a while goes when its time is over, also on a page that comes back from the browser's history.

const panel = document.querySelector("[data-shown-for]");
const ends = performance.timeOrigin + performance.now() + Number(panel.dataset.shownFor) * 1000;
const left = panel.querySelector("[data-shown-left]");

function tick() {
  const seconds = Math.ceil((ends - Date.now()) / 1000);
  if (seconds > 0) {
    left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} left`;
    return;
  }
  panel.remove();
  clearInterval(timer);
}

const timer = setInterval(tick, 1000);
tick();
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.reload();
});
