/** The choice of what becomes of a scanning configuration that another user has changed while the lab used it. */
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import LiveRegion from "@cloudscape-design/components/live-region";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { ButtonRow } from "../components/ButtonRow";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT } from "../i18n/context";
import { asProblem, commands, type ConfigurationChoice, type IpcError } from "../ipc/client";

export function CleanupChoice({ choices }: { choices: readonly ConfigurationChoice[] }) {
  const { t } = useT();
  const [chosen, setChosen] = useState<ConfigurationChoice | null>(null);
  const [problem, setProblem] = useState<IpcError | null>(null);
  const choose = (choice: ConfigurationChoice) => {
    setProblem(null);
    commands.chooseConfiguration(choice).then(
      () => { setChosen(choice); },
      (thrown: unknown) => { setProblem(asProblem(thrown)); },
    );
  };
  return (
    <SpaceBetween size="s">
      <Box variant="strong">{t("cleanup-choice")}</Box>
      <ButtonRow>
        {choices.map((choice) => (
          <Button key={choice} onClick={() => { choose(choice); }} data-testid={`configuration-${choice}`}>
            {t(`cleanup-choice-${choice}`)}
          </Button>
        ))}
      </ButtonRow>
      <LiveRegion>
        {chosen === null ? null : (
          <StatusIndicator type="info" wrapText>
            {t(`cleanup-chosen-${chosen}`)}
          </StatusIndicator>
        )}
      </LiveRegion>
      {problem ? <ProblemAlert problem={problem} title={t("cleanup-choice-failed")} /> : null}
    </SpaceBetween>
  );
}
