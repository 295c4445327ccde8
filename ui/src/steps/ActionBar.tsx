/** The bar at the bottom of every step: the steps beside it, its parts, the transcript, and the one button for the next thing to do. */
import Button, { type ButtonProps } from "@cloudscape-design/components/button";
import LiveRegion from "@cloudscape-design/components/live-region";
import { useT } from "../i18n/context";
import type { StepId } from "../ipc/client";
import type { NextAction } from "../lab/nextAction";
import { neighbour } from "../lab/order";
import { useRoute } from "../lab/route";
import { useLab } from "../lab/state";
import { useSession } from "./session";
import { ShortStatus } from "./StepStatus";
import { Stepper } from "./Stepper";
import styles from "./ActionBar.module.css";

export function ActionBar() {
  const { t } = useT();
  const { step, record, job } = useSession();
  return (
    <footer id="action-bar" className={styles.bar} aria-label={t("action-bar")}>
      <div className={styles.inner}>
        <Neighbours step={step} />
        <Stepper />
        <span className={styles.status} data-testid="step-status">
          <ShortStatus record={record} job={job} />
        </span>
        <TranscriptToggle />
        <Primary />
      </div>
    </footer>
  );
}

function Neighbours({ step }: { step: StepId }) {
  const { t } = useT();
  const { go } = useRoute();
  const [before, after] = [neighbour(step, -1), neighbour(step, 1)];
  return (
    <nav className={styles.neighbours} aria-label={t("step-neighbours")}>
      <Button
        variant="icon"
        iconName="angle-left"
        disabled={before === null}
        ariaLabel={before ? t("step-previous", { title: t(`step-${before}-title`) }) : t("step-previous-none")}
        onClick={() => { if (before) go(before); }}
        data-testid="previous"
      />
      <Button
        variant="icon"
        iconName="angle-right"
        disabled={after === null}
        ariaLabel={after ? t("step-next", { title: t(`step-${after}-title`) }) : t("step-next-none")}
        onClick={() => { if (after) go(after); }}
        data-testid="next"
      />
    </nav>
  );
}

function TranscriptToggle() {
  const { t } = useT();
  const { preferences, updatePreferences } = useLab();
  const open = preferences.transcriptOpen;
  return (
    <button
      type="button"
      className={styles.toggle}
      aria-expanded={open}
      aria-label={t(open ? "transcript-close" : "transcript-open")}
      title={t(open ? "transcript-close" : "transcript-open")}
      onClick={() => { updatePreferences({ transcriptOpen: !open }); }}
      data-testid="transcript-toggle"
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d="M2 3.500 6 8l-4 4.500M8 12.500h6" />
      </svg>
      <span>{t("transcript")}</span>
    </button>
  );
}

/** What the button looks like. Its element stays the same, so that it keeps the focus while its meaning changes. */
const ICONS: Record<NextAction["kind"], Pick<ButtonProps, "iconName" | "iconAlign">> = {
  run: { iconName: "play", iconAlign: "left" },
  stop: { iconName: "stop-circle", iconAlign: "left" },
  check: { iconName: "status-positive", iconAlign: "left" },
  next: { iconName: "arrow-right", iconAlign: "right" },
  follow: { iconName: "arrow-right", iconAlign: "right" },
  finish: { iconName: "arrow-right", iconAlign: "right" },
};

function Primary() {
  const { t } = useT();
  const { step, action, perform } = useSession();
  const { kind, label } = action;
  const title = kind === "next" || kind === "follow" ? t(`step-${action.to}-title`) : "";
  return (
    <span className={styles.primary} data-testid="primary-action" data-kind={kind}>
      <Button variant="primary" {...ICONS[kind]} onClick={perform} data-testid={testId(kind, step)}>
        {t(label, { title })}
      </Button>
      <LiveRegion hidden>{t("action-said", { action: t(label, { title }) })}</LiveRegion>
    </span>
  );
}

function testId(kind: NextAction["kind"], step: StepId): string {
  switch (kind) {
    case "run":
      return `run-${step}`;
    case "stop":
      return `cancel-${step}`;
    case "check":
      return `check-${step}`;
    case "next":
    case "follow":
    case "finish":
      return `action-${kind}`;
  }
}
