import { expect, test } from "vitest";
import type { FilterQuery } from "./filterQuery";
import { NOTHING } from "./searchText";
import { INITIAL_QUERY, isFiltered, toFilter, toQuery, unfiltered } from "./tableQuery";

const severity = { propertyKey: "severity", operator: "=" as const, value: "HIGH" };
const curl = { propertyKey: "package", operator: ":" as const, value: "curl" };

test("rows that are equal are sorted by score, probability and id", () => {
  const { sort } = toQuery({ scan: 1 }, INITIAL_QUERY, 20);
  expect(sort).toEqual([
    { by: "severity", descending: true },
    { by: "score", descending: true },
    { by: "epss", descending: true },
    { by: "vulnerabilityId", descending: true },
  ]);
});

test("a property is sorted by once, in the chosen direction", () => {
  const { sort } = toQuery({ scan: 1 }, { ...INITIAL_QUERY, by: "epss", descending: false }, 20);
  expect(sort?.map(({ by, descending }) => [by, descending])).toEqual([
    ["epss", false],
    ["score", true],
    ["vulnerabilityId", true],
  ]);
});

test("the query has the scope, text, view and page of the table", () => {
  const query = toQuery({ scan: 7 }, { ...INITIAL_QUERY, search: { conditions: [], text: "log4j" }, view: "unique", page: 3 }, 50);
  expect(query).toMatchObject({ scope: { scan: 7 }, text: "log4j", view: "unique", page: 3, pageSize: 50 });
});

test("everything in a scan is a query without conditions", () => {
  expect(unfiltered({ scan: 7 })).toMatchObject({ scope: { scan: 7 }, filter: { join: "and", tokens: [], groups: [] }, text: "" });
});

test("tokens and nested groups become filters of the same shape", () => {
  const query: FilterQuery = { operation: "and", tokens: [], tokenGroups: [severity, { operation: "or", tokens: [curl, { ...curl, value: "wget" }] }] };
  expect(toFilter(query)).toEqual({
    join: "and",
    tokens: [{ property: "severity", operator: "=", value: "HIGH" }],
    groups: [
      {
        join: "or",
        tokens: [
          { property: "package", operator: ":", value: "curl" },
          { property: "package", operator: ":", value: "wget" },
        ],
        groups: [],
      },
    ],
  });
});

test("a filter without groups is read from its tokens", () => {
  expect(toFilter({ operation: "or", tokens: [severity] })).toEqual({
    join: "or",
    tokens: [{ property: "severity", operator: "=", value: "HIGH" }],
    groups: [],
  });
});

test("a token without a property, or with an unknown one, searches everywhere", () => {
  const { tokens } = toFilter({ operation: "and", tokens: [{ operator: ":", value: "x" }, { propertyKey: "colour", operator: ":", value: "y" }] });
  expect(tokens).toEqual([
    { property: null, operator: ":", value: "x" },
    { property: null, operator: ":", value: "y" },
  ]);
});

test("blanks and empty filters leave nothing out", () => {
  expect(isFiltered(INITIAL_QUERY)).toBe(false);
  expect(isFiltered({ ...INITIAL_QUERY, typed: "  ", search: NOTHING })).toBe(false);
  expect(isFiltered({ ...INITIAL_QUERY, search: { conditions: [], text: "log4j" } })).toBe(true);
  expect(isFiltered({ ...INITIAL_QUERY, search: { conditions: [severity], text: "" } })).toBe(true);
  expect(isFiltered({ ...INITIAL_QUERY, filter: { operation: "and", tokens: [severity] } })).toBe(true);
});

test("what is typed holds in addition to the filter, even to alternatives", () => {
  const filter: FilterQuery = { operation: "or", tokens: [], tokenGroups: [curl, { ...curl, value: "wget" }] };
  const query = toQuery({ scan: 1 }, { ...INITIAL_QUERY, filter, search: { conditions: [severity], text: '"high" log4j' } }, 20);
  expect(query.text).toBe("high log4j");
  expect(query.filter).toEqual({
    join: "and",
    tokens: [{ property: "severity", operator: "=", value: "HIGH" }],
    groups: [toFilter(filter)],
  });
});
