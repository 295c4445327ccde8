import { expect, test } from "vitest";
import { isComposing } from "./composition";

test("keys of an input method are not the page's", () => {
  expect(isComposing({ isComposing: true, keyCode: 65 })).toBe(true);
  expect(isComposing({ isComposing: false, keyCode: 229 })).toBe(true);
  expect(isComposing({ keyCode: 65 })).toBe(false);
});
