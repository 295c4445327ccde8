/**
 * Texts from outside without what could disguise a line: control characters, except for line breaks and tabs, and bidirectional
 * overrides. The command line, reports and exports leave out the same characters (`i18n/src/format.rs`).
 */

// eslint-disable-next-line no-control-regex -- these are the characters to find
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The value with all texts in it made plain; the same value if they are. */
export function plainValue<T>(value: T): T;
export function plainValue(value: unknown): unknown {
  if (typeof value === "string") return value.replace(UNPRINTABLE, "");
  if (Array.isArray(value)) return value.map((item) => plainValue(item as unknown));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plainValue(item as unknown)]));
}
