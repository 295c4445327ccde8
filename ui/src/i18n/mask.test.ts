import { expect, test } from "vitest";
import { mask } from "./mask";

test("of an account only the last four digits are shown", () => {
  expect(mask("123456789012")).toBe("••••••••9012");
});

test("accounts are masked wherever they are in a text", () => {
  expect(mask("arn:aws:ecr:us-east-1:123456789012:repository/prod, 210987654321.dkr.ecr.us-east-1.amazonaws.com")).toBe(
    "arn:aws:ecr:us-east-1:••••••••9012:repository/prod, ••••••••4321.dkr.ecr.us-east-1.amazonaws.com",
  );
});

test("numbers of other lengths and digests stay as they are", () => {
  const text = "11 digits 12345678901, 13 digits 1234567890123, sha256:123456789012abcdef";
  expect(mask(text)).toBe(text);
});
