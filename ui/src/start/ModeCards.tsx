/** The choice of the mode, practice or AWS, as two large cards. */
import { useT } from "../i18n/context";
import type { Mode } from "../ipc/client";
import { SectionTitle } from "./SectionTitle";
import styles from "./ModeCards.module.css";

const MODES: readonly Mode[] = ["practice", "aws"];

export function ModeCards({ chosen, onChoose }: { chosen: Mode | null; onChoose: (mode: Mode) => void }) {
  const { t } = useT();
  return (
    <section aria-labelledby="mode-title">
      <SectionTitle id="mode-title">{t("start-mode")}</SectionTitle>
      <div className={styles.cards}>
        {MODES.map((mode) => (
          <button
            key={mode}
            type="button"
            className={styles.card}
            aria-pressed={chosen === mode}
            onClick={() => { onChoose(mode); }}
            data-testid={`start-${mode}`}
          >
            <ModePicture mode={mode} />
            <span className={styles.words}>
              <span className={styles.title}>{t(`mode-${mode}`)}</span>
              <span>{t(`start-${mode}-about`)}</span>
              <span className={styles.facts}>
                {[1, 2, 3].map((number) => (
                  <span key={number}>{t(`start-${mode}-fact-${number}`)}</span>
                ))}
              </span>
            </span>
          </button>
        ))}
      </div>
    </section>
  );
}

/** Practice: a cloud on the computer. AWS: a cloud that the computer connects to. */
function ModePicture({ mode }: { mode: Mode }) {
  return (
    <svg className={styles.picture} viewBox="0 0 120 96" width="120" height="96" aria-hidden="true">
      {mode === "practice" ? (
        <>
          <rect x="14" y="12" width="92" height="60" rx="6" className={styles.line} />
          <path d="M4 82h112l-8 8H12Z" className={styles.line} />
          <path d="M44 56a11 11 0 0 1 1-22 16 16 0 0 1 31-1 12 12 0 0 1 0 23Z" className={styles.tint} />
          <path d="m53 45 6 6 10-12" className={styles.stroke} />
        </>
      ) : (
        <>
          <path d="M30 62a19 19 0 0 1 2-38 27 27 0 0 1 52-2 20 20 0 0 1 0 40Z" className={styles.tintWarm} />
          <rect x="44" y="70" width="32" height="20" rx="3" className={styles.line} />
          <path d="M60 56V36m-8 8 8-9 8 9" className={styles.strokeWarm} />
        </>
      )}
    </svg>
  );
}
