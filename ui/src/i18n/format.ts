/**
 * How values are written: one function for each kind of value. The command line, reports and exports implement the same
 * rules (`i18n/src/format.rs`); both are tested with `tests/fixtures/formats.json`.
 */

/** What is written where there is no value: never a zero. */
export const NONE = "–";

/** A count, its digits grouped: `1,234`. */
export function formatCount(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A score from 0 to 10, with one decimal: `9.8`, `10.0`. */
export function formatScore(value: number): string {
  return value.toFixed(1);
}

/**
 * A probability or share from 0 to 1 as a percentage: `97.5%`, and with two decimals below one percent: `0.04%`. Only a
 * certainty is written as 100.0%, and only zero as a zero.
 */
export function formatPercent(value: number): string {
  const percent = value * 100;
  if (percent > 0 && percent < 0.005) return "<0.01%";
  if (percent > 0 && percent < 0.995) return `${percent.toFixed(2)}%`;
  if (percent < 100 && percent >= 99.95) return "99.9%";
  return `${percent.toFixed(1)}%`;
}

/** A size in decimal units, as Docker writes it: `57.3 MB`. 1 kB is 1,000 bytes. */
export function formatBytes(value: number): string {
  if (value < 1000) return `${value.toFixed(0)} B`;
  const units = ["kB", "MB", "GB", "TB"] as const;
  let amount = value / 1000;
  let unit = 0;
  // What would be rounded to 1000.0 is one of the next unit.
  while (amount >= 999.95 && unit + 1 < units.length) {
    amount /= 1000;
    unit += 1;
  }
  return `${amount.toFixed(1)} ${units[unit] ?? ""}`;
}

/**
 * A point in time: `2026-05-01 12:30:05 UTC`, in the time zone that is `offset` minutes ahead of UTC (the user's, if not
 * given). Text that is not RFC 3339 stays as it is.
 */
export function formatMoment(timestamp: string, offset?: number): string {
  const date = new Date(timestamp);
  if (Number.isNaN(date.getTime())) return timestamp;
  const minutes = offset ?? -date.getTimezoneOffset();
  const shifted = new Date(date.getTime() + minutes * 60_000).toISOString();
  return `${shifted.slice(0, 10)} ${shifted.slice(11, 19)} ${zoneOf(minutes)}`;
}

/** The day of a point in time in UTC: `2026-05-01`. */
export function formatDay(timestamp: string): string {
  const date = new Date(timestamp);
  return Number.isNaN(date.getTime()) ? timestamp : date.toISOString().slice(0, 10);
}

/** `UTC`, `UTC+9`, `UTC-3:30`. */
function zoneOf(minutes: number): string {
  if (minutes === 0) return "UTC";
  const ahead = Math.abs(minutes);
  const rest = ahead % 60;
  const hours = String(Math.floor(ahead / 60));
  return `UTC${minutes < 0 ? "-" : "+"}${rest === 0 ? hours : `${hours}:${String(rest).padStart(2, "0")}`}`;
}
