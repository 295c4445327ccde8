/** The items of a check: met, not met or unknown, each with details and a hint. */
import Icon, { type IconProps } from "@cloudscape-design/components/icon";
import { useT } from "../i18n/context";
import type { Check, CheckStatus } from "../ipc/client";
import { GoToStep, useNamedStep } from "./GoToStep";
import styles from "./Checks.module.css";
import { classNames } from "../theme/classNames";

const icons: Record<CheckStatus, { name: IconProps.Name; variant: IconProps.Variant }> = {
  met: { name: "status-positive", variant: "success" },
  not_met: { name: "status-negative", variant: "error" },
  unknown: { name: "status-warning", variant: "warning" },
};

export function Checks({ checks }: { checks: readonly Check[] }) {
  return (
    <ul className={styles.checks}>
      {checks.map((check) => (
        <Item key={check.id} check={check} />
      ))}
    </ul>
  );
}

function Item({ check }: { check: Check }) {
  const { t, message } = useT();
  const outcome = t(`check-${check.outcome.replace("_", "-")}`);
  const step = useNamedStep(check.hint);
  return (
    <li data-testid={`check-item-${check.id}`} data-outcome={check.outcome}>
      <Icon {...icons[check.outcome]} ariaLabel={outcome} />
      <div>
        <div className={styles.title}>
          {message(check.title)}
          <span className={classNames(styles.outcome, styles[check.outcome])}>{outcome}</span>
        </div>
        <div className={styles.detail}>{message(check.detail)}</div>
        {check.hint ? (
          <div className={styles.hint}>
            {message(check.hint)}
            {step === null ? null : <GoToStep step={step} />}
          </div>
        ) : null}
      </div>
    </li>
  );
}

/** How many items of a check are met, and whether all of them are. */
export function summarizeChecks(checks: readonly Check[]): { met: number; all: number; complete: boolean } {
  const met = checks.filter((check) => check.outcome === "met").length;
  return { met, all: checks.length, complete: checks.length > 0 && met === checks.length };
}
