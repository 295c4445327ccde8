import { expect, test } from "vitest";
import cases from "../../../tests/fixtures/particles.json";
import { particles } from "./particles";

// The tests of the crate `i18n` run the same cases.
test.each(cases)("“$text” reads “$expected”", ({ text, expected }) => {
  expect(particles(text)).toBe(expected);
});
