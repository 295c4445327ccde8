/** Brings a part of the page into view, below the bar at the top, and gives it the focus. */

export function bringIntoView(element: HTMLElement): void {
  const bar = document.querySelector("#top-bar")?.getBoundingClientRect().bottom ?? 0;
  element.style.scrollMarginBlockStart = `${Math.max(0, bar) + 8}px`;
  const isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "start", behavior: isStill ? "auto" : "smooth" });
}
