/** The step as commands for the learner's own terminal, with what that terminal must know first. */
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { CodeBlock, CommandLines } from "../components/CommandLines";
import { ProblemAlert } from "../components/ProblemAlert";
import { Loading } from "../components/Loading";
import { useT } from "../i18n/context";
import { commands, type StepId, type Variable } from "../ipc/client";
import { useIpc } from "../ipc/useIpc";
import { useLab } from "../lab/state";

export function StepManual({ step }: { step: StepId }) {
  const { t } = useT();
  const { run } = useLab();
  // The values in the commands are those that the run knows by now.
  const known = run?.steps.map((record) => `${record.state} ${record.seconds ?? ""}`).join() ?? "";
  const asked = useIpc(() => Promise.all([commands.environment(), commands.commands(step)]), `${step} ${known}`);
  if (asked.problem) return <ProblemAlert problem={asked.problem} onRetry={asked.reload} />;
  if (!asked.data) return <Loading />;
  const [environment, lines] = asked.data;
  return (
    <SpaceBetween size="m">
      <Box variant="p" padding="n">
        {t(environment.length > 0 ? "hand-practice" : "hand-aws")}
      </Box>
      {environment.length > 0 ? <Environment variables={environment} /> : null}
      <CommandLines lines={lines} />
    </SpaceBetween>
  );
}

/** Secrets are copied, never shown. */
function Environment({ variables }: { variables: readonly Variable[] }) {
  const { t } = useT();
  const lines = (value: (variable: Variable) => string) =>
    variables.map((variable) => `export ${variable.name}=${quoted(value(variable))}`).join("\n");
  return (
    <section aria-label={t("hand-environment")} data-testid="environment">
      <CodeBlock
        title={t("hand-environment")}
        text={lines((variable) => (isSecret(variable) ? "••••••••" : variable.value))}
        copy={lines((variable) => variable.value)}
        label={t("copy-environment")}
      />
    </section>
  );
}

function isSecret({ name, value }: Variable): boolean {
  return value !== "" && /SECRET|TOKEN|PASSWORD/.test(name);
}

/** Quoted for a shell where it must be. */
function quoted(value: string): string {
  return /^[\w@%+=:,./•-]*$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
