// Scrolls an element to the middle of the window, waits until it does not move, and records whether it receives the click.
const [element] = arguments;
const done = arguments[arguments.length - 1];
window.labClickReceived = false;
element.addEventListener("click", () => { window.labClickReceived = true; }, { once: true, capture: true });
const position = () => {
  const box = element.getBoundingClientRect();
  return `${box.x} ${box.y} ${box.width} ${box.height}`;
};
let frames = 0;
const waitUntilStill = (before, since) => {
  const now = position();
  frames += 1;
  // An element in an endless animation is clicked nevertheless.
  if (frames > 120 || (now === before && since >= 3)) done(true);
  else requestAnimationFrame(() => waitUntilStill(now, now === before ? since + 1 : 0));
};
// At the edge, a sticky panel could cover it.
element.scrollIntoView({ block: "center" });
waitUntilStill("", 0);
