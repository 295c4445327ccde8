/** How far the practice clock is moved, in the largest unit that does not round: `15 days`, `36 hours`. */
import type { Lang } from "../ipc/bindings";

const UNITS = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

export function formatLength(seconds: number, lang: Lang): string {
  const [unit, size] = UNITS.find(([, size]) => seconds % size === 0) ?? (["second", 1] as const);
  return new Intl.NumberFormat(lang, { style: "unit", unit, unitDisplay: "long" }).format(seconds / size);
}
