/** The shape of a severity as an ECharts symbol: the same shape as in its badge. */
import { SHAPES } from "../components/SeverityBadge";
import type { Severity } from "../ipc/client";

export function symbolOf(severity: Severity): string {
  return `path://${SHAPES[severity]}`;
}
