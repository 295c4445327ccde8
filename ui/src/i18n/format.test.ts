import { describe, expect, it } from "vitest";
import cases from "../../../tests/fixtures/formats.json";
import { formatBytes, formatCount, formatDay, formatMoment, formatPercent, formatScore } from "./format";

describe("formats of values", () => {
  const formats: Record<Exclude<keyof typeof cases, "moment">, (value: number) => string> = {
    count: formatCount,
    score: formatScore,
    percent: formatPercent,
    bytes: formatBytes,
  };
  for (const kind of ["count", "score", "percent", "bytes"] as const) {
    it(`writes every shared ${kind} as the command line and reports do`, () => {
      for (const [value, expected] of cases[kind]) expect(formats[kind](Number(value))).toBe(expected);
    });
  }

  it("writes every shared point in time as the command line and reports do", () => {
    for (const [timestamp, expected] of cases.moment) expect(formatMoment(timestamp ?? "", 0)).toBe(expected);
  });

  it("writes points in time in the user's time zone, and names it", () => {
    expect(formatMoment("2026-05-01T12:30:05Z", 540)).toBe("2026-05-01 21:30:05 UTC+9");
    expect(formatMoment("2026-01-01T01:00:00Z", -210)).toBe("2025-12-31 21:30:00 UTC-3:30");
    expect(formatDay("2021-12-10T00:00:00Z")).toBe("2021-12-10");
  });
});
