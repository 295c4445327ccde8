/** The four parts of the step with the state of each; a click goes to the part. */
import { useT } from "../i18n/context";
import { PARTS, partStates, type PartState } from "../lab/part";
import { useSession } from "./session";
import styles from "./Stepper.module.css";

/** SVG paths in a box of 12 × 12; a state is shown by shape as well as by colour. */
const SIGNS: Partial<Record<PartState, string>> = {
  done: "M2.500 6.300 5 8.800 9.600 3.400",
  attention: "M6 2v5M6 9.600v.1",
  failed: "M3 3l6 6M9 3l-6 6",
};

export function Stepper() {
  const { t } = useT();
  const { record, job, check, part, goToPart } = useSession();
  const states = partStates(record, { running: job.running, checking: check.checking });
  return (
    <ol className={styles.stepper} aria-label={t("parts")} data-testid="stepper">
      {PARTS.map((one, index) => {
        const state = states[one];
        return (
          <li key={one} data-state={state}>
            <button
              type="button"
              aria-current={one === part ? "location" : undefined}
              title={t("part-with-state", { part: t(`part-${one}-short`), state: t(`part-state-${state}`) })}
              onClick={() => { goToPart(one, { focus: true }); }}
              data-testid={`go-${one}`}
              data-state={state}
            >
              <span className={styles.mark} aria-hidden="true">
                {SIGNS[state] === undefined ? (
                  index + 1
                ) : (
                  <svg viewBox="0 0 12 12" width="12" height="12">
                    <path d={SIGNS[state]} />
                  </svg>
                )}
              </span>
              <span className={styles.name}>{t(`part-${one}-short`)}</span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
