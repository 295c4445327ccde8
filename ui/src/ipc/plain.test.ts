import { expect, test } from "vitest";
import { plainValue } from "./plain";

test("what could disguise a line is left out of every text", () => {
  const row = { title: "a\u001b[2J\u009bb\u202ec\n\td", packages: ["\u2066x"], score: 9.8, kev: false, layer: null };
  expect(plainValue(row)).toEqual({ title: "a[2Jbc\n\td", packages: ["x"], score: 9.8, kev: false, layer: null });
});
