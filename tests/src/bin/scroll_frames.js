// Scrolls the page to its end and back, a little in each frame, and returns the milliseconds between frames.
const done = arguments[arguments.length - 1];
const STEP = 24;
const end = document.documentElement.scrollHeight - window.innerHeight;
const times = [];
let before = NaN;
let by = STEP;
window.scrollTo(0, 0);
const frame = (now) => {
  if (!Number.isNaN(before)) times.push(now - before);
  before = now;
  window.scrollBy(0, by);
  if (by > 0 && window.scrollY >= end - 1) by = -STEP;
  if (by < 0 && window.scrollY <= 0) done(times);
  else requestAnimationFrame(frame);
};
requestAnimationFrame(frame);
