/** The step as commands for the user's own terminal, with the environment variables they need. */
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
  // The commands contain values that the run has learnt so far: they are read again when a step has changed.
  const progress = run?.steps.map((record) => `${record.state} ${record.seconds ?? ""}`).join() ?? "";
  const query = useIpc(() => Promise.all([commands.environment(), commands.commands(step)]), `${step} ${progress}`);
  if (query.problem) return <ProblemAlert problem={query.problem} onRetry={query.reload} />;
  if (!query.data) return <Loading />;
  const [environment, lines] = query.data;
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

/** The environment variables as `export` lines. Secrets are copied, but never shown. */
function Environment({ variables }: { variables: readonly Variable[] }) {
  const { t } = useT();
  const lines = (shown: (variable: Variable, value: string) => string) =>
    variables
      .map((variable) => {
        const { name, value } = variable;
        return value === null ? `unset ${name}` : `export ${name}=${shellQuoted(shown(variable, value))}`;
      })
      .join("\n");
  return (
    <section aria-label={t("hand-environment")} data-testid="environment">
      <CodeBlock
        title={t("hand-environment")}
        text={lines((variable, value) => (isSecret(variable) ? "••••••••" : value))}
        copy={lines((_, value) => value)}
        label={t("copy-environment")}
      />
    </section>
  );
}

function isSecret({ name, value }: Variable): boolean {
  return value !== "" && /SECRET|TOKEN|PASSWORD/.test(name);
}

/** Quotes a value for a POSIX shell if necessary. */
function shellQuoted(value: string): string {
  return /^[\w@%+=:,./•-]*$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
