import { expect, test } from "vitest";
import { formatLength } from "./length";

test.each([
  [86_400, "1 day", "1일"],
  [15 * 86_400, "15 days", "15일"],
  [36 * 3600, "36 hours", "36시간"],
  [90 * 60, "90 minutes", "90분"],
  [61, "61 seconds", "61초"],
])("%i seconds", (seconds, en, ko) => {
  expect([formatLength(seconds, "en"), formatLength(seconds, "ko")]).toEqual([en, ko]);
});
