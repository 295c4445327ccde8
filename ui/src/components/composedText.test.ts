import { expect, test } from "vitest";
import { ComposedText } from "./composedText";

test("a syllable is reported once, when it is composed", () => {
  const field = new ComposedText();
  field.startComposition();
  expect(["ㅅ", "시", "심"].map((text) => field.changed(text))).toEqual([null, null, null]);
  expect(field.endComposition("심")).toBe("심");
  // Browsers differ in whether the last input comes before or after the end of the composition.
  expect(field.changed("심")).toBeNull();
  field.startComposition();
  expect(["심ㄱ", "심가", "심각"].map((text) => field.changed(text))).toEqual([null, null, null]);
  expect(field.endComposition("심각")).toBe("심각");
});

test("a composition that is given up reports what is left", () => {
  const field = new ComposedText();
  expect(field.changed("심")).toBe("심");
  field.startComposition();
  expect(field.changed("심ㄱ")).toBeNull();
  expect(field.endComposition("심")).toBeNull();
  expect(field.changed("")).toBe("");
});

test("letters that are not composed are reported one by one, and each text once", () => {
  const field = new ComposedText();
  expect(["l", "lo", "lo", "log"].map((text) => field.changed(text))).toEqual(["l", "lo", null, "log"]);
});
