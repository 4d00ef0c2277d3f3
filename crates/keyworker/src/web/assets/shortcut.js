// "/" goes to "Find a person", unless somebody types or has turned it off (for this browser, in the footer).
const KEY = "kw-shortcut";

const on = () => localStorage.getItem(KEY) !== "off";

const typing = (target) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

export function listenForSlash() {
  const field = document.querySelector('[data-shortcut="/"]');
  if (!field) return;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!on() || typing(event.target) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
  offerToTurnOff(document.querySelector("[data-shortcut-setting]"));
}

function offerToTurnOff(setting) {
  const button = setting?.querySelector("button");
  if (!button) return;
  const words = setting.firstChild;
  const show = () => {
    words.textContent = on() ? "Pressing " : "It is turned off that pressing ";
    button.textContent = on() ? "Turn this off" : "Turn this on";
  };
  button.addEventListener("click", () => {
    localStorage.setItem(KEY, on() ? "off" : "on");
    show();
  });
  setting.hidden = false;
  show();
}
