// A point inside a shape of a chart, in CSS pixels: the centre of its bounding box may be outside it.
const [selector] = arguments;
const done = arguments[arguments.length - 1];
const shapes = [...document.querySelectorAll(selector)].filter((shape) => {
  const box = shape.getBoundingClientRect();
  return box.width > 8 && box.height > 8;
});
const find = () => {
  for (const shape of shapes) {
    const box = shape.getBoundingClientRect();
    for (let across = 1; across < 16; across += 1) {
      for (let down = 1; down < 16; down += 1) {
        const x = Math.round(box.x + (box.width * across) / 16);
        const y = Math.round(box.y + (box.height * down) / 16);
        // Not at its edge: the points around it are inside the shape, too.
        const inside = [[0, 0], [3, 0], [-3, 0], [0, 3], [0, -3]].every(([dx, dy]) => document.elementFromPoint(x + dx, y + dy) === shape);
        if (inside) return [x, y];
      }
    }
  }
  return null;
};
// Charts animate frame by frame in scripts, which `getAnimations` does not list.
const STILL = 20;
const boxes = () =>
  shapes.map((shape) => {
    const { x, y, width, height } = shape.getBoundingClientRect();
    return [x, y, width, height].map(Math.round).join(" ");
  }).join();
shapes[0]?.ownerSVGElement.scrollIntoView({ block: "center" });
let before = "";
let still = 0;
const poll = () => {
  const now = boxes();
  still = now === before ? still + 1 : 0;
  before = now;
  if (still < STILL) requestAnimationFrame(poll);
  else done(find());
};
poll();
