/** The body of `ProblemAlert`: the message, the hint, the technical details and the buttons. */
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useT, type Translator } from "../i18n/context";
import { useMasked } from "../i18n/mask";
import type { IpcError } from "../ipc/client";
import { CopyButton } from "./CopyButton";
import { GoToStep, useNamedStep } from "./GoToStep";
import { InlineCode } from "./InlineCode";
import styles from "./ProblemBody.module.css";

export interface ProblemBodyProps {
  problem: IpcError;
  /** Retries the failed action; without it there is no retry button. */
  onRetry?: (() => void) | undefined;
  /** What could not be done, in a few words; the problem's own message if not given. */
  title?: string;
}

export default function ProblemBody({ problem, onRetry, title }: ProblemBodyProps) {
  const translator = useT();
  const { t, message } = translator;
  const masked = useMasked();
  const step = useNamedStep(problem.hint);
  const stopped = problem.code === "cancelled";
  return (
    <div role="alert" data-testid="problem" data-code={problem.code}>
      <Alert
        type={stopped ? "info" : "error"}
        header={title ?? message(problem.message)}
      >
        <SpaceBetween size="s">
          <div>
            {title === undefined ? null : <Box variant="p"><InlineCode text={message(problem.message)} /></Box>}
            <Box variant="p" padding="n">
              <strong>{t("problem-what-to-do")}</strong> <InlineCode text={message(problem.hint)} />
            </Box>
          </div>
          {problem.details === null ? null : (
            <ExpandableSection variant="footer" headerText={t("problem-details")}>
              <pre className={styles.details}>{masked(problem.details)}</pre>
            </ExpandableSection>
          )}
          <SpaceBetween direction="horizontal" size="xs">
            {step === null ? null : <GoToStep step={step} />}
            {onRetry ? (
              <Button iconName="refresh" onClick={onRetry} data-testid="retry">
                {t("try-again")}
              </Button>
            ) : null}
            <CopyButton text={detailsOf(problem, translator)} label={t("copy-details")} testId="copy-details">
              {t("copy-details")}
            </CopyButton>
          </SpaceBetween>
        </SpaceBetween>
      </Alert>
    </div>
  );
}

/** The whole error as text, to send to a person who can help. */
function detailsOf(problem: IpcError, { message }: Translator): string {
  return [`[${problem.code}] ${message(problem.message)}`, message(problem.hint), problem.details]
    .filter((line) => line !== null)
    .join("\n");
}
