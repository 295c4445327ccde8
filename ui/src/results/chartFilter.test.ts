import { expect, test } from "vitest";
import type { Point } from "../ipc/client";
import { selectedPoint, selectedValue, withSelection } from "./chartFilter";
import { NO_FILTER, type FilterQuery } from "./filterQuery";

const high = { property: "severity" as const, value: "HIGH" };
const low = { property: "severity" as const, value: "LOW" };
const curl = { propertyKey: "package", operator: ":" as const, value: "curl" };
const wget = { propertyKey: "package", operator: ":" as const, value: "wget" };
const point: Point = { score: 9.8, epss: 0.97, lowestEpss: 0.97, greatestEpss: 0.97, severity: "CRITICAL", unique: 1, kev: true, log4shell: false, example: "CVE-2021-44228", vulnerabilityId: "CVE-2021-44228" };

test("a selection adds a condition, which the chart finds again", () => {
  const query = withSelection(NO_FILTER, "severity", high);
  expect(query).toEqual({ operation: "and", tokens: [], tokenGroups: [{ propertyKey: "severity", operator: "=", value: "HIGH" }] });
  expect(selectedValue(query, "severity")).toBe("HIGH");
  expect(selectedValue(query, "package")).toBeNull();
});

test("another selection in the same chart replaces the first", () => {
  const query = withSelection(withSelection(NO_FILTER, "severity", high), "severity", low);
  expect(query.tokenGroups).toEqual([{ propertyKey: "severity", operator: "=", value: "LOW" }]);
});

test("clearing a selection leaves the other conditions, and no filter if there are none", () => {
  const query = withSelection({ operation: "and", tokens: [], tokenGroups: [curl] }, "severity", high);
  expect(withSelection(query, "severity", null)).toEqual({ operation: "and", tokens: [], tokenGroups: [curl] });
  expect(withSelection(withSelection(NO_FILTER, "severity", high), "severity", null)).toBe(NO_FILTER);
});

test("alternatives become a group, so that the selection holds for each of them", () => {
  const query: FilterQuery = { operation: "or", tokens: [], tokenGroups: [curl, wget] };
  expect(withSelection(query, "severity", high)).toEqual({
    operation: "and",
    tokens: [],
    tokenGroups: [
      { operation: "or", tokens: [curl, wget] },
      { propertyKey: "severity", operator: "=", value: "HIGH" },
    ],
  });
});

test("a condition that is one of several alternatives is not a selection", () => {
  const query: FilterQuery = { operation: "or", tokens: [], tokenGroups: [{ propertyKey: "severity", operator: "=", value: "HIGH" }, curl] };
  expect(selectedValue(query, "severity")).toBeNull();
});

test("conditions with other operators are not a selection and stay", () => {
  const contains = { propertyKey: "severity", operator: "!=" as const, value: "HIGH" };
  const query: FilterQuery = { operation: "and", tokens: [], tokenGroups: [contains] };
  expect(selectedValue(query, "severity")).toBeNull();
  expect(withSelection(query, "severity", low).tokenGroups).toEqual([contains, { propertyKey: "severity", operator: "=", value: "LOW" }]);
});

test("a point becomes the ranges around it, and is found again", () => {
  const query = withSelection(NO_FILTER, "point", { point });
  expect(query.tokenGroups).toEqual([
    {
      operation: "and",
      tokens: [
        { propertyKey: "score", operator: ">=", value: "9.75" },
        { propertyKey: "score", operator: "<", value: "9.85" },
        { propertyKey: "epss", operator: ">=", value: "0.965" },
        { propertyKey: "epss", operator: "<", value: "0.975" },
      ],
    },
  ]);
  expect(selectedPoint(query)).toBe("9.8 0.97");
  expect(withSelection(query, "point", null)).toBe(NO_FILTER);
});

test("every point is found again, whatever its decimals", () => {
  for (let score = 0; score <= 100; score += 1) {
    for (const epss of [0, 1, 7, 29, 57, 58, 99, 100]) {
      const key = `${score / 10} ${epss / 100}`;
      const query = withSelection(NO_FILTER, "point", { point: { ...point, score: score / 10, epss: epss / 100 } });
      expect(selectedPoint(query)).toBe(key);
    }
  }
});

test("selections of several charts hold together", () => {
  const query = withSelection(withSelection(NO_FILTER, "severity", high), "point", { point });
  expect(selectedValue(query, "severity")).toBe("HIGH");
  expect(selectedPoint(query)).toBe("9.8 0.97");
  expect(selectedPoint(withSelection(query, "severity", null))).toBe("9.8 0.97");
});

test("a group of other conditions is no point", () => {
  expect(selectedPoint({ operation: "and", tokens: [], tokenGroups: [{ operation: "or", tokens: [curl, wget] }] })).toBeNull();
});

test("a point that is one vulnerability filters by it, in place of the point before", () => {
  const others: FilterQuery = { operation: "and", tokens: [], tokenGroups: [curl] };
  const byPoint = withSelection(others, "point", { point });
  expect(selectedPoint(byPoint)).toBe("9.8 0.97");
  const byId = withSelection(byPoint, "point", { property: "vulnerabilityId", value: "CVE-2021-44228" });
  expect(byId.tokenGroups).toEqual([curl, { propertyKey: "vulnerabilityId", operator: "=", value: "CVE-2021-44228" }]);
  expect([selectedPoint(byId), selectedValue(byId, "vulnerabilityId")]).toEqual([null, "CVE-2021-44228"]);
  expect(withSelection(byId, "point", null).tokenGroups).toEqual([curl]);
});
