import { expect, test } from "vitest";
import { shortDigest } from "./digest";

test("a digest is shown by its first twelve digits, without its algorithm", () => {
  expect(shortDigest("sha256:c07cd812e2a1b3d4f5")).toBe("c07cd812e2a1");
  expect(shortDigest("c07cd812e2a1b3d4f5")).toBe("c07cd812e2a1");
});
