import { expect, test } from "vitest";
import { nextLevel } from "./zoom";

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
