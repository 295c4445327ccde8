/** Names under the lens: the letters that match, and the reason in words. */
import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { useT } from "../i18n/context";
import type { FilterPreview, FilterPreviewName, FilterPreviewOrigin, Span } from "../ipc/client";
import styles from "./ScanningFilterNames.module.css";

const ORIGINS: readonly FilterPreviewOrigin[] = ["lab", "account", "example"];
/** An account may have thousands. */
const FIRST = 24;

export function ScanningFilterNames({ lens, count }: { lens: FilterPreview; count: string }) {
  const { t } = useT();
  return (
    <div className={styles.names}>
      <p className={styles.count} aria-hidden="true">
        {count}
      </p>
      {lens.complete ? null : <p className={styles.note}>{t("lens-incomplete")}</p>}
      <div className={styles.groups}>
        {ORIGINS.map((origin) => (
          <Group key={origin} origin={origin} valid={lens.valid} names={lens.names.filter((name) => name.origin === origin)} />
        ))}
      </div>
    </div>
  );
}

interface GroupProps {
  origin: FilterPreviewOrigin;
  /** Where there is no filter, no name needs a reason of its own. */
  valid: boolean;
  names: readonly FilterPreviewName[];
}

function Group({ origin, valid, names }: GroupProps) {
  const { t, number } = useT();
  const [all, setAll] = useState(false);
  if (names.length === 0) return null;
  // What matches first, where there are more than are shown.
  const ordered = names.length > FIRST ? [...names].sort((a, b) => Number(b.matches) - Number(a.matches)) : names;
  const shown = all ? ordered : ordered.slice(0, FIRST);
  return (
    <section aria-label={t(`lens-origin-${origin}`)}>
      <h4>{t(`lens-origin-${origin}`)}</h4>
      <ul>
        {shown.map((name) => (
          <Name key={name.name} name={name} said={valid} />
        ))}
      </ul>
      {shown.length < names.length ? (
        <Button variant="inline-link" onClick={() => { setAll(true); }}>
          {t("lens-more", { count: number(names.length - shown.length) })}
        </Button>
      ) : null}
    </section>
  );
}

function Name({ name: { name, matches, why, spans }, said }: { name: FilterPreviewName; said: boolean }) {
  const { t, message } = useT();
  return (
    <li data-matches={matches} data-testid={`lens-name-${name}`}>
      <svg viewBox="0 0 16 16" width="16" height="16" role="img" aria-label={t(matches ? "lens-matches" : "lens-matches-not")}>
        {matches ? <path d="M2.5 8.5 6.3 12.2 13.5 4.4" /> : <path d="M3.5 8H12.5" />}
      </svg>
      <div>
        <code translate="no">{marked(name, spans)}</code>
        {said ? <span>{message(why)}</span> : null}
      </div>
    </li>
  );
}

/** The name, with the letters that the filter's own letters stand for marked. */
function marked(name: string, spans: readonly Span[]) {
  const parts = [];
  let from = 0;
  for (const { start, end } of spans) {
    parts.push(<span key={`${from} before`}>{name.slice(from, start)}</span>, <mark key={start}>{name.slice(start, end)}</mark>);
    from = end;
  }
  parts.push(<span key="rest">{name.slice(from)}</span>);
  return parts;
}
