import { expect, test } from "vitest";
import { canOpen } from "./links";

test.each(["https://nvd.nist.gov/vuln/detail/CVE-2021-44228", "https://github.com/advisories", "https://docs.aws.amazon.com/inspector/"])("%s can be opened", (address) => {
  expect(canOpen(address)).toBe(true);
});

test.each([
  ["another host", "https://example.com/"],
  ["a host that only ends like an allowed one", "https://evilgithub.com/"],
  ["plain HTTP", "http://github.com/"],
  ["another port", "https://github.com:8443/"],
  ["a user name", "https://user@github.com/"],
  ["another scheme", "file:///etc/passwd"],
  ["no address", "see the advisory"],
  ["nothing", ""],
])("%s cannot be opened", (_, address) => {
  expect(canOpen(address)).toBe(false);
});
