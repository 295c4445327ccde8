/** Shows on every screen by how much the practice clock was moved forward, if it was or if that is not known. */
import { useT } from "../i18n/context";
import { formatLength } from "../i18n/length";
import { useLab } from "../lab/state";
import styles from "./ClockBadge.module.css";

export function ClockBadge() {
  const { t, lang, message } = useT();
  const { clock } = useLab();
  if (!clock?.text) return null;
  const seconds = clock.clock.aheadSeconds;
  return (
    <span className={styles.badge} role="note" aria-label={message(clock.text)} title={message(clock.text)} data-testid="clock-badge" data-ahead={seconds ?? "unknown"}>
      <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
        <path d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm1 3v3.600l2.500 1.500-1 1.700L7 8.700V4Z" fillRule="evenodd" />
      </svg>
      {seconds === null ? t("clock-badge-unknown") : t("clock-badge", { length: formatLength(seconds, lang) })}
    </span>
  );
}
