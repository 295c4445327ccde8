/** The items of a check: met, not met or unknown, each with what was found and what to do. */
import Icon, { type IconProps } from "@cloudscape-design/components/icon";
import { useT } from "../i18n/context";
import type { Check, CheckStatus } from "../ipc/client";

const icons: Record<CheckStatus, { name: IconProps.Name; variant: IconProps.Variant }> = {
  met: { name: "status-positive", variant: "success" },
  not_met: { name: "status-negative", variant: "error" },
  unknown: { name: "status-warning", variant: "warning" },
};

export function Checks({ checks }: { checks: readonly Check[] }) {
  const { t, message } = useT();
  return (
    <ul className="lab-checks">
      {checks.map((check) => (
        <li key={check.id} data-testid={`check-item-${check.id}`} data-outcome={check.outcome}>
          <Icon {...icons[check.outcome]} ariaLabel={t(`check-${check.outcome.replace("_", "-")}`)} />
          <div>
            <div className="lab-check-title">
              {message(check.title)}
              <span className={`lab-check-word lab-check-${check.outcome}`}>{t(`check-${check.outcome.replace("_", "-")}`)}</span>
            </div>
            <div className="lab-check-detail">{message(check.detail)}</div>
            {check.hint ? <div className="lab-check-hint">{message(check.hint)}</div> : null}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** How a check stands as a whole. */
export function summarizeChecks(checks: readonly Check[]): { met: number; all: number; complete: boolean } {
  const met = checks.filter((check) => check.outcome === "met").length;
  return { met, all: checks.length, complete: checks.length > 0 && met === checks.length };
}
