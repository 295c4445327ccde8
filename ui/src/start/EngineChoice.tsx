/** The choice of an image engine: automatic, built-in, or one of the Docker engines found, with the reason where one cannot be used. */
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { InfoLink } from "../components/InfoLink";
import { InlineCode } from "../components/InlineCode";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT } from "../i18n/context";
import { commands, type EngineChoice as Choice, type DetectedEngine } from "../ipc/client";
import { useIpc } from "../ipc/useIpc";
import styles from "./EngineChoice.module.css";

export function EngineChoice({ chosen, onChoose }: { chosen: Choice; onChoose: (engine: Choice) => void }) {
  const { t } = useT();
  /** What the engine says it is, where it keeps images, and its address. */
  const describe = ({ access, version }: DetectedEngine) =>
    [version?.product, version ? t(`engine-store-${version.store}`) : "", access.host].filter((part) => part !== "" && part !== undefined).join(" · ");
  const engines = useIpc(() => commands.engines(), "engines");
  const usable = engines.data?.filter((engine) => engine.problem === null) ?? [];
  const items = [
    { value: "auto", label: t("engine-auto"), description: t("engine-auto-about") },
    { value: "builtin", label: t("engine-builtin"), description: t("engine-builtin-about") },
    ...usable.map((engine) => ({ value: engine.access.host, label: nameOf(engine), description: describe(engine) })),
  ];
  return (
    <FormField label={t("engine")} info={<InfoLink topic="engine" />} description={t("engine-about")} stretch>
      <SpaceBetween size="s">
        <RadioGroup
          value={chosen.kind === "docker" ? (chosen.access?.host ?? null) : chosen.kind}
          items={items}
          onChange={({ detail }) => {
            const docker = usable.find((engine) => engine.access.host === detail.value);
            if (docker) onChoose({ kind: "docker", access: docker.access });
            else onChoose({ kind: detail.value === "builtin" ? "builtin" : "auto" });
          }}
          data-testid="engine"
        />
        {engines.data ? <Unusable engines={engines.data} /> : null}
        {engines.problem ? <ProblemAlert problem={engines.problem} onRetry={engines.reload} /> : null}
        <Button variant="inline-link" iconName="refresh" loading={engines.loading} loadingText={t("engine-looking")} onClick={engines.reload}>
          {t(engines.loading ? "engine-looking" : "engine-look-again")}
        </Button>
      </SpaceBetween>
    </FormField>
  );
}

/** The engines that cannot be used, with the reasons; or a note that no engine was found. */
function Unusable({ engines }: { engines: readonly DetectedEngine[] }) {
  const { t, message } = useT();
  if (engines.length === 0) return <StatusIndicator type="info">{t("engine-none-found")}</StatusIndicator>;
  const unusable = engines.flatMap((engine) => (engine.problem ? [{ engine, problem: engine.problem }] : []));
  return (
    <ul className={styles.unusable} data-testid="engines-unusable">
      {unusable.map(({ engine, problem }) => (
        <li key={engine.access.host}>
          <StatusIndicator type="stopped">{t("engine-unusable", { name: engine.name })}</StatusIndicator>
          <div>
            <InlineCode text={`${message(problem.message)} ${message(problem.hint)}`} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function nameOf({ name, version }: DetectedEngine): string {
  return version ? `${name} ${version.engine}` : name;
}
