/** Shows which cloud the lab changes, and whose account, in colour, shape and words. */
import { Account } from "../components/Account";
import { useT } from "../i18n/context";
import { useRoute } from "../lab/route";
import { useLab } from "../lab/state";
import styles from "./ModeBadge.module.css";
import { classNames } from "../theme/classNames";

export function ModeBadge() {
  const { t } = useT();
  const { run, backend, draft } = useLab();
  const { page } = useRoute();
  const open = backend && run && !(page === "start" && run.finished) ? run : null;
  // On the start screen a new run is chosen as soon as the last one is finished.
  const mode = open?.mode ?? draft ?? (run && !run.finished ? run.mode : null);
  const shown = open;
  return (
    <div className={styles.mode} role="note" aria-label={t("mode-label")}>
      <span className={classNames(styles.badge, styles[mode ?? "none"])} data-testid="mode-badge" data-mode={mode ?? "none"}>
        <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
          <path d={mode === "aws" ? "M8 1.500 15 14H1Z" : mode === "practice" ? "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Z" : "M2 7h12v2H2Z"} />
        </svg>
        {t(mode === null ? "mode-none" : `mode-${mode}`)}
      </span>
      {shown?.account ? (
        <span className={styles.location}>
          <span className={styles.word}>{t("account")}</span> <Account id={shown.account} />
          {shown.region ? <span translate="no"> · {shown.region}</span> : null}
        </span>
      ) : null}
    </div>
  );
}
