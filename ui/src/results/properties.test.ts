import { beforeAll, describe, expect, test } from "vitest";
import type { Translator } from "../i18n/context";
import { formatBytes, formatCount, formatDay, formatPercent, formatScore } from "../i18n/format";
import { Localizer } from "../i18n/localizer";
import { PROPERTIES } from "../ipc/client";
import { filteringProperties, formatCondition, formatValue, isProperty, propertyTextId, valueTextId } from "./properties";

let localizer: Localizer;
let translator: Translator;

beforeAll(async () => {
  localizer = await Localizer.load("en");
  translator = {
    lang: "en",
    t: (id, args) => localizer.text(id, args),
    message: (message) => localizer.message(message),
    number: formatCount,
    score: formatScore,
    percent: formatPercent,
    bytes: formatBytes,
    duration: (seconds) => localizer.duration(seconds),
    millis: (milliseconds) => localizer.millis(milliseconds),
    date: (timestamp) => `date of ${timestamp}`,
    day: formatDay,
    clock: (timestamp) => localizer.clock(timestamp),
    list: (items) => localizer.list(items),
  };
});

test("the filter offers all properties of findings that have operators, in the shell's order", () => {
  const offered = filteringProperties(translator).map(({ key }) => key);
  expect(offered).toEqual(PROPERTIES.filter(({ kind }) => kind !== "count").map(({ property }) => property));
  expect(offered).not.toContain("instanceCount");
});

function operatorsOf(key: string) {
  const operators = filteringProperties(translator).find((property) => property.key === key)?.operators ?? [];
  return operators.map((operator) => (typeof operator === "string" ? operator : operator.operator));
}

test("numbers and times are compared, texts are searched too", () => {
  expect(operatorsOf("score")).toEqual(["=", "!=", "<", "<=", ">", ">="]);
  expect(operatorsOf("updatedAt")).toEqual(["=", "!=", "<", "<=", ">", ">="]);
  expect(operatorsOf("severity")).toEqual([":", "!:", "=", "!=", "^", "!^", "<", "<=", ">", ">="]);
  expect(operatorsOf("cwe")).toContain(":");
});

test("what is yes or no is equal to a value or is not", () => {
  for (const key of ["kev", "fixAvailable", "exploitAvailable"]) expect(operatorsOf(key), key).toEqual(["=", "!="]);
});

test("every property has a text", () => {
  for (const { property } of PROPERTIES) expect(localizer.has(propertyTextId(property)), property).toBe(true);
  expect(propertyTextId("firstObservedAt")).toBe("property-first-observed-at");
});

test("properties are recognized by their names", () => {
  expect(isProperty("severity")).toBe(true);
  expect(isProperty("findingCount")).toBe(true);
  expect(isProperty("colour")).toBe(false);
  expect(isProperty("toString")).toBe(false);
});

describe("values", () => {
  test("of severities, fixes and lists have texts of their own", () => {
    expect(valueTextId("severity", "HIGH")).toBe("severity-high");
    expect(valueTextId("severity", "WORST")).toBeNull();
    expect(valueTextId("fixAvailable", "PARTIAL")).toBe("fix-partial");
    expect(valueTextId("exploitAvailable", "")).toBe("value-not-said");
    expect(valueTextId("kev", "YES")).toBe("yes");
    expect(valueTextId("package", "")).toBe("value-missing");
    expect(valueTextId("package", "curl")).toBeNull();
  });

  test("are formatted by their property", () => {
    expect(formatValue("severity", "HIGH", translator)).toBe(localizer.text("severity-high"));
    expect(formatValue("epss", "0.9756", translator)).toBe("97.56%");
    expect(formatValue("epss", "0.99999", translator)).toBe("99.999%");
    expect(formatValue("epss", "", translator)).toBe(localizer.text("value-missing"));
    expect(formatValue("epss", "high", translator)).toBe("high");
    expect(formatValue("updatedAt", "2021-12-10T00:00:00Z", translator)).toBe("date of 2021-12-10T00:00:00Z");
    expect(formatValue("updatedAt", "2021-12-10", translator)).toBe("2021-12-10");
    expect(formatValue("package", "curl", translator)).toBe("curl");
  });

  test("are written in conditions as everywhere", () => {
    expect(formatCondition({ propertyKey: "severity", operator: "!=", value: "HIGH" }, translator)).toBe("Severity ≠ High");
    expect(formatCondition({ propertyKey: "epss", operator: ">=", value: "0.5" }, translator)).toBe("EPSS >= 50%");
    expect(formatCondition({ operator: ":", value: "curl" }, translator)).toBe("curl");
  });
});
