/** A severity's shape, as a chart draws it: the same that stands beside its word elsewhere. */
import { SHAPES } from "../components/SeverityBadge";
import type { Severity } from "../ipc/client";

export function symbolOf(severity: Severity): string {
  return `path://${SHAPES[severity]}`;
}
