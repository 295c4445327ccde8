import { expect, test } from "vitest";
import { nextLevel, presentationZoom } from "./zoom";

test("the levels lead from 80 to 250 % and end there", () => {
  const up = [80];
  while (up.length < 20) up.push(nextLevel(up.at(-1) ?? 0, 1));
  expect(up.slice(0, 11)).toEqual([80, 90, 100, 110, 125, 150, 175, 200, 225, 250, 250]);
  expect(nextLevel(80, -1)).toBe(80);
  expect(nextLevel(250, -1)).toBe(225);
});

test("a percentage between two levels goes to the nearer one in that direction", () => {
  expect(nextLevel(157, 1)).toBe(175);
  expect(nextLevel(157, -1)).toBe(150);
});

test("presented text is at least 22 pixels, and 1.8 % of the picture's height", () => {
  for (const height of [720, 1080, 1440, 1800]) {
    const size = (14 * presentationZoom(height)) / 100;
    expect(size).toBeGreaterThanOrEqual(Math.max(22, height * 0.018));
    expect(size).toBeLessThan(Math.max(22, height * 0.018) + 0.2);
  }
  // No window zooms further.
  expect(presentationZoom(4320)).toBe(250);
});
