// Calls back when the page is idle: no spinner, no finite animation, fonts loaded, and two frames drawn since.
const done = arguments[arguments.length - 1];
const until = performance.now() + 15000;
const isBusy = () =>
  document.fonts.status === "loading" ||
  document.querySelector("[data-testid='loading']") !== null ||
  document.getAnimations().some((one) => one.playState === "running" && one.effect?.getComputedTiming().endTime !== Infinity);
const poll = () => {
  if (isBusy() && performance.now() < until) requestAnimationFrame(poll);
  else requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
};
poll();
