// A form is sent once, however often its button is pressed. The server refuses a second one too; this spares the wait.
const AGAIN_AFTER = 10_000;

export function sendOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    const sent = Number(form.dataset.sentAt ?? 0);
    if (Date.now() - sent < AGAIN_AFTER) {
      event.preventDefault();
      return;
    }
    form.dataset.sentAt = String(Date.now());
  });
  addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sentAt;
  });
}
