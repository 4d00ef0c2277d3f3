// Warns five minutes before a session ends, lets it be extended with one click, and says so when it has ended.
// What one tab does counts for all: the time is kept where every tab sees it.
const KEY = "kw-session-until";
const WARNING = 5 * 60_000;

const RETURN = "kw-return";

export function watchSession() {
  goBackToField();
  const dialog = document.querySelector("dialog[data-session-minutes]");
  if (!dialog) return;
  const lasts = Number(dialog.dataset.sessionMinutes) * 60_000;
  const renew = (minutes) => localStorage.setItem(KEY, String(Date.now() + (minutes > 0 ? minutes * 60_000 : lasts)));
  renew();
  addEventListener("kw:session-used", () => renew());
  const look = () => show(dialog, Number(localStorage.getItem(KEY)) - Date.now(), lasts);
  setInterval(look, 5_000);
  document.addEventListener("visibilitychange", look);
  addEventListener("storage", (event) => event.key === KEY && look());
  dialog.querySelector("[data-session-extend]").addEventListener("submit", (event) => {
    event.preventDefault();
    extend(event.target).then((minutes) => (minutes > 0 ? renew(minutes) : localStorage.setItem(KEY, "0")), () => {}).then(look);
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    dialog.querySelector("[data-session-extend]").requestSubmit();
  });
}

// The field that had the focus before the dialog took it.
let last = null;
document.addEventListener("focusin", (event) => {
  if (!event.target.closest("dialog")) last = event.target;
});

/** After signing in again one goes on where one was. */
function goBackToField() {
  const back = JSON.parse(sessionStorage.getItem(RETURN) ?? "null");
  if (back?.path !== location.pathname) return;
  sessionStorage.removeItem(RETURN);
  if (back.field) document.getElementById(back.field)?.focus();
}

// The field that was being typed in, so that signing in again leads back to it.
let lastField = "";
document.addEventListener("focusin", ({ target }) => {
  if (target.id && target.closest("main form")) lastField = `#${target.id}`;
});

function show(dialog, left, lasts) {
  const ended = left <= 0;
  const warn = left <= Math.min(WARNING, lasts / 2);
  dialog.querySelector("[data-session-warning]").hidden = ended;
  dialog.querySelector("[data-session-ended]").hidden = !ended;
  if (ended) {
    const again = dialog.querySelector("[data-session-again]");
    again.href = `/sign-in?next=${encodeURIComponent(location.pathname + location.search + lastField)}`;
    const field = last?.closest("form") ? last.id : "";
    sessionStorage.setItem(RETURN, JSON.stringify({ path: location.pathname, field }));
  } else {
    const minutes = Math.ceil(left / 60_000);
    const words = minutes === 1 ? "1 minute" : `${minutes} minutes`;
    const place = dialog.querySelector("[data-session-left]");
    if (place.textContent !== words) place.textContent = words;
  }
  if (warn && !dialog.open) dialog.showModal();
  if (!warn && dialog.open) dialog.close();
}

async function extend(form) {
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" }, redirect: "manual" });
  return answer.ok ? (await answer.json()).minutes : 0;
}
