import { expect, test } from "vitest";
import { neighbour, numberOf } from "./order";

test("steps are numbered from 1 to 7", () => {
  expect(numberOf("prepare")).toBe(1);
  expect(numberOf("cleanup")).toBe(7);
});

test("a step has the neighbours of the lesson's order, and none at the ends", () => {
  expect(neighbour("scanning", 1)).toBe("repositories");
  expect(neighbour("scanning", -1)).toBe("prepare");
  expect(neighbour("prepare", -1)).toBeNull();
  expect(neighbour("cleanup", 1)).toBeNull();
});
