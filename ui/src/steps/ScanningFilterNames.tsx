/** The repository names in the filter preview: the matching characters are marked, and the reason is given in words. */
import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { useT } from "../i18n/context";
import type { FilterPreview, FilterPreviewName, FilterPreviewOrigin, Span } from "../ipc/client";
import styles from "./ScanningFilterNames.module.css";

const ORIGINS: readonly FilterPreviewOrigin[] = ["lab", "account", "example"];
/** The names shown at first in each group: an account may have thousands. */
const INITIAL_NAMES = 24;

export function ScanningFilterNames({ preview, count }: { preview: FilterPreview; count: string }) {
  const { t } = useT();
  return (
    <div className={styles.names}>
      <p className={styles.count} aria-hidden="true">
        {count}
      </p>
      {preview.complete ? null : <p className={styles.note}>{t("lens-incomplete")}</p>}
      <div className={styles.groups}>
        {ORIGINS.map((origin) => (
          <Group key={origin} origin={origin} valid={preview.valid} names={preview.names.filter((name) => name.origin === origin)} />
        ))}
      </div>
    </div>
  );
}

interface GroupProps {
  origin: FilterPreviewOrigin;
  /** Whether the filter is valid: otherwise names have no reasons. */
  valid: boolean;
  names: readonly FilterPreviewName[];
}

function Group({ origin, valid, names }: GroupProps) {
  const { t, number } = useT();
  const [all, setAll] = useState(false);
  if (names.length === 0) return null;
  // Matching names first, if not all names are shown.
  const ordered = names.length > INITIAL_NAMES ? [...names].sort((a, b) => Number(b.matches) - Number(a.matches)) : names;
  const shown = all ? ordered : ordered.slice(0, INITIAL_NAMES);
  return (
    <section aria-label={t(`lens-origin-${origin}`)}>
      <h4>{t(`lens-origin-${origin}`)}</h4>
      <ul>
        {shown.map((name) => (
          <Name key={name.name} name={name} withReason={valid} />
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

function Name({ name: { name, matches, why, spans }, withReason }: { name: FilterPreviewName; withReason: boolean }) {
  const { t, message } = useT();
  return (
    <li data-matches={matches} data-testid={`lens-name-${name}`}>
      <svg viewBox="0 0 16 16" width="16" height="16" role="img" aria-label={t(matches ? "lens-matches" : "lens-matches-not")}>
        {matches ? <path d="M2.5 8.5 6.3 12.2 13.5 4.4" /> : <path d="M3.5 8H12.5" />}
      </svg>
      <div>
        <code translate="no">{marked(name, spans)}</code>
        {withReason ? <span>{message(why)}</span> : null}
      </div>
    </li>
  );
}

/** The name, with the characters marked that the literal characters of the filter match. */
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
