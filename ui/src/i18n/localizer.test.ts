import { beforeAll, describe, expect, test } from "vitest";
import { Localizer } from "./localizer";

let en: Localizer;
let ko: Localizer;

beforeAll(async () => {
  [en, ko] = await Promise.all([Localizer.load("en"), Localizer.load("ko")]);
});

/** `Intl` separates numbers and units by various spaces. */
function plain(text: string): string {
  return text.replace(/\s/g, " ");
}

describe("texts", () => {
  test("a text has its variables", () => {
    expect(en.text("saved-to", { path: "/tmp/chart.png" })).toContain("/tmp/chart.png");
  });

  test("a text that is missing is shown as its id", () => {
    expect(en.has("no-such-text")).toBe(false);
    expect(en.text("no-such-text")).toBe("no-such-text");
  });

  test("texts of files that are parsed last are available", () => {
    expect(en.text("charts-title")).not.toBe("charts-title");
  });

  test("messages of the shell are texts with arguments", () => {
    expect(en.message({ id: "saved-to", args: { path: "a.csv" } })).toBe(en.text("saved-to", { path: "a.csv" }));
  });

  test("Korean particles fit the values", () => {
    const text = ko.text("chart-pick", { name: "prod" });
    expect(text).toContain("prod");
    expect(text).not.toMatch(/\((를|가|는|과)\)/);
  });
});

describe("numbers", () => {
  test("have separators and the digits that are requested", () => {
    expect(en.number(1234567)).toBe("1,234,567");
    expect(en.number(9, { minimumFractionDigits: 1 })).toBe("9.0");
    expect(ko.number(1234567)).toBe("1,234,567");
  });
});

describe("times", () => {
  test("a duration has the units that matter", () => {
    expect(plain(en.duration(0))).toBe("0 sec");
    expect(plain(en.duration(0.03))).toBe("30 ms");
    expect(plain(en.duration(0.42))).toBe("0.4 sec");
    expect(plain(en.duration(12.3))).toBe("12 sec");
    expect(plain(en.duration(59.7))).toBe("1 min 0 sec");
    expect(plain(en.duration(185))).toBe("3 min 5 sec");
    expect(plain(ko.duration(185))).toBe("3분 5초");
  });

  test("milliseconds are durations from a second on", () => {
    expect(plain(en.millis(43.2))).toBe("43 ms");
    expect(en.millis(12_000)).toBe(en.duration(12));
  });

  test("a time of day is formatted, and other text stays", () => {
    expect(en.clock("soon")).toBe("soon");
    expect(en.clock("2021-12-10T09:41:07Z")).toMatch(/^\d{2}:\d{2}:07$/);
  });
});

test("lists are joined as the language joins them", () => {
  expect(en.list(["a", "b", "c"])).toBe("a, b, and c");
  expect(ko.list(["a", "b"])).toBe("a 및 b");
});
