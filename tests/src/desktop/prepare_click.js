// Brings an element to the middle of what is seen, waits until it stands still, and listens whether the click reaches it.
const [element] = arguments;
const done = arguments[arguments.length - 1];
window.labClickReceived = false;
element.addEventListener("click", () => { window.labClickReceived = true; }, { once: true, capture: true });
const place = () => {
  const box = element.getBoundingClientRect();
  return `${box.x} ${box.y} ${box.width} ${box.height}`;
};
let looks = 0;
const aim = (before, since) => {
  const now = place();
  looks += 1;
  // What is moved by an animation that does not end is clicked all the same.
  if (looks > 120 || (now === before && since >= 3)) done(true);
  else requestAnimationFrame(() => aim(now, now === before ? since + 1 : 0));
};
// Under a panel that stays in view it could not be clicked.
element.scrollIntoView({ block: "center" });
aim("", 0);
