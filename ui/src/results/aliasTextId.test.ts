import { expect, test } from "vitest";
import { aliasTextId } from "./aliasTextId";

test.each([
  ["CVE-2021-44228", "log4shell"],
  ["IN-DISCONTINUED-001", "end-of-life-short"],
  ["CVE-2021-45046", null],
  [null, null],
])("%s has the name %s", (id, textId) => {
  expect(aliasTextId(id)).toBe(textId);
});
