/** Chooses the registry to explore: that of the open run, of the practice cloud, or of the user's own account. */
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT } from "../i18n/context";
import { asProblem, commands, type OpenedRegistry, type IpcError } from "../ipc/client";
import { useLab } from "../lab/state";
import { AccountChoice, useOwnAccount } from "../start/AccountChoice";

type Choice = "run" | "practice" | "aws";

export function RegistryChoice({ onOpen }: { onOpen: (opened: OpenedRegistry) => void }) {
  const { t } = useT();
  const { backend } = useLab();
  const choices: Choice[] = backend === null ? ["practice", "aws"] : backend.mode === "practice" ? ["run", "aws"] : ["run", "practice", "aws"];
  const [choice, setChoice] = useState<Choice>(choices[0] ?? "practice");
  const account = useOwnAccount();
  const [opening, setOpening] = useState(false);
  const [problem, setProblem] = useState<IpcError | null>(null);
  const open = () => {
    setOpening(true);
    setProblem(null);
    const own = choice === "aws";
    commands
      .explore(choice === "run" ? null : choice, own ? account.profile : null, own ? (account.caller?.region ?? account.region) : null)
      .then(onOpen, (thrown: unknown) => { setProblem(asProblem(thrown)); })
      .finally(() => { setOpening(false); });
  };
  return (
    <Container header={<Header variant="h2">{t("explorer-choose")}</Header>}>
      <SpaceBetween size="l">
        <RadioGroup
          ariaLabel={t("explorer-choose")}
          value={choice}
          items={choices.map((value) => ({ value, label: t(`explorer-of-${value}`), description: t(`explorer-of-${value}-about`) }))}
          onChange={({ detail }) => { setChoice(detail.value as Choice); }}
          data-testid="explorer-choice"
        />
        {choice === "aws" ? <AccountChoice {...account} /> : null}
        {problem ? <ProblemAlert problem={problem} title={t("explorer-open-failed")} onRetry={open} /> : null}
        <Button variant="primary" loading={opening} onClick={open} data-testid="explorer-open">
          {t("explorer-open")}
        </Button>
      </SpaceBetween>
    </Container>
  );
}
