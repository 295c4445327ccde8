/** How rows of findings are identified and named. */
import type { Row } from "../ipc/client";

export function rowKey(row: Row): string {
  return `${row.scan} ${row.arn} ${row.ordinal}`;
}

/** The name of a finding: usually the CVE id; else its title. */
export function nameOf(finding: { vulnerabilityId: string | null; title: string }): string {
  return finding.vulnerabilityId ?? finding.title;
}
