/** The phases pull → tag → log in → push, with the state of each. */
import { useT } from "../i18n/context";
import type { Phase, PhaseState } from "./pushPhases";
import styles from "./PushFlow.module.css";

const glyphs: Record<Phase["id"], string> = {
  pull: "M12 3v11M7 10l5 5 5-5M4 20h16",
  tag: "M4 4h8l8 8-8 8-8-8ZM8.5 8.5h.01",
  login: "M8 12a4 4 0 1 1 0-.01M12 12h9M18 12v3M21 12v4",
  push: "M12 20V9M7 13l5-5 5 5M4 4h16",
};

const signs: Record<PhaseState, string> = {
  waiting: "",
  active: "",
  done: "M2.5 6.3 5 8.8 9.6 3.4",
  stopped: "M3 3l6 6M9 3l-6 6",
};

export function PushFlow({ phases }: { phases: readonly Phase[] }) {
  const { t } = useT();
  return (
    <ol className={styles.flow} aria-label={t("flow-title")} data-testid="push-flow">
      {phases.map(({ id, state }) => (
        <li key={id} data-phase={id} data-state={state} aria-current={state === "active" ? "step" : undefined}>
          <span className={styles.node} aria-hidden="true">
            <svg viewBox="0 0 24 24" width="24" height="24">
              <path d={glyphs[id]} />
            </svg>
            {signs[state] === "" ? null : (
              <svg className={styles.sign} viewBox="0 0 12 12" width="12" height="12">
                <path d={signs[state]} />
              </svg>
            )}
          </span>
          <span className={styles.words}>
            <strong>{t(`flow-${id}`)}</strong>
            <span>{t(`flow-state-${state}`)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
