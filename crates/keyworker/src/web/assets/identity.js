// Tells the style sheet how high the bar is that stays in sight, so that what gets the focus is never scrolled behind it.
export function measureIdentityBar() {
  const bar = document.querySelector("[data-identity]");
  if (!bar) return;
  const tell = () => {
    const stays = getComputedStyle(bar).position === "sticky";
    document.documentElement.style.setProperty("--kw-identity-height", `${stays ? bar.offsetHeight : 0}px`);
  };
  new ResizeObserver(tell).observe(bar);
  addEventListener("resize", tell);
  tell();
}
