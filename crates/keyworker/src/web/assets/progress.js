// Moves the bar of an import that is under way, and opens its report when it is done. Without it, "Look again" does.
const EVERY = 1_000;

export function watchProgress() {
  const place = document.querySelector("[data-progress-url]");
  if (!place) return;
  const bar = place.querySelector("progress");
  const words = place.querySelector("[data-progress-words]");
  const look = async () => {
    try {
      const answer = await fetch(place.dataset.progressUrl, { headers: { accept: "application/json" } });
      if (answer.status === 401) return location.reload();
      if (!answer.ok) throw new Error(String(answer.status));
      const { state, done, of } = await answer.json();
      if (state === "done" || state === "failed") return location.reload();
      if (of > 0) {
        bar.max = of;
        bar.value = Math.min(done, of);
        words.textContent = `${done.toLocaleString("en-GB")} of ${of.toLocaleString("en-GB")} records.`;
      }
    } catch {
      // The server is busy or away for a moment: the next look tells.
    }
    setTimeout(look, EVERY);
  };
  setTimeout(look, EVERY);
}
