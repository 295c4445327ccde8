import { expect, test } from "vitest";
import { displayOf, fittingColumns } from "./columns";

const shown = (display: ReturnType<typeof displayOf>) => display.filter(({ visible }) => visible).map(({ id }) => id);

test("a narrow table has the columns without which a row says too little, a wide one all that are usual", () => {
  expect(fittingColumns("unique", 300)).toEqual(["vulnerabilityId", "severity", "package", "fixedIn"]);
  expect(fittingColumns("unique", 840)).toEqual(["vulnerabilityId", "severity", "package", "fixedIn", "score", "epss"]);
  expect(fittingColumns("unique", 2000)).toHaveLength(9);
  expect(fittingColumns("instances", 2000)).not.toContain("instanceCount");
});

test("columns stand in their usual order, whatever fits", () => {
  const display = displayOf("unique", [], new Set(fittingColumns("unique", 840)));
  expect(shown(display)).toEqual(["vulnerabilityId", "severity", "score", "epss", "package", "fixedIn"]);
});

test("columns that someone chose stay, whether they fit or not", () => {
  const chosen = [{ id: "title", visible: true }, { id: "severity", visible: false }];
  const display = displayOf("unique", chosen, new Set(["vulnerabilityId", "severity"]));
  expect(shown(display)).toEqual(["title", "vulnerabilityId"]);
});
