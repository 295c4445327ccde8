/** A severity in colour, shape and words. */
import { useT } from "../i18n/context";
import type { Severity } from "../ipc/client";
import styles from "./SeverityBadge.module.css";
import { classNames } from "../theme/classNames";

/** The most severe first. */
export const SEVERITIES: readonly Severity[] = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL", "UNTRIAGED"];

/** SVG paths in a box of 16 × 16: they can be distinguished without colour. */
export const SHAPES: Record<Severity, string> = {
  CRITICAL: "M5.2 1h5.6L15 5.2v5.6L10.8 15H5.2L1 10.8V5.2Z",
  HIGH: "M8 1.5 15 14H1Z",
  MEDIUM: "M8 1l7 7-7 7-7-7Z",
  LOW: "M8 14.5 1 2h14Z",
  INFORMATIONAL: "M2 2h12v12H2Z",
  UNTRIAGED: "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm0 3a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7Z",
};

/** The shape alone, for use beside the name of the severity. */
export function SeverityShape({ severity }: { severity: Severity }) {
  return (
    <svg className={classNames(styles.shape, styles[severity.toLowerCase()])} viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
      <path d={SHAPES[severity]} fillRule="evenodd" />
    </svg>
  );
}

export function SeverityBadge({ severity, count }: { severity: Severity; count?: number }) {
  const { t, number } = useT();
  return (
    <span className={styles.badge} data-severity={severity}>
      <SeverityShape severity={severity} />
      <span>{t(`severity-${severity.toLowerCase()}`)}</span>
      {count === undefined ? null : <strong>{number(count)}</strong>}
    </span>
  );
}
