// Calls back when the page stands still: no spinner, no animation that ends, fonts loaded, two frames drawn since.
const done = arguments[arguments.length - 1];
const until = performance.now() + 15000;
const moving = () =>
  document.fonts.status === "loading" ||
  document.querySelector("[data-testid='loading']") !== null ||
  document.getAnimations().some((one) => one.playState === "running" && one.effect?.getComputedTiming().endTime !== Infinity);
const look = () => {
  if (moving() && performance.now() < until) requestAnimationFrame(look);
  else requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
};
look();
