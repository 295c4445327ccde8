/** What moves the images: found engines with their versions, and why one cannot be used; the built-in one is always there. */
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import { InfoLink } from "../app/help";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT } from "../i18n/context";
import { commands, type Engine, type FoundEngine } from "../ipc/door";
import { useIpc } from "../ipc/useIpc";

export function EngineChoice({ chosen, onChoose }: { chosen: Engine; onChoose: (engine: Engine) => void }) {
  const { t, message } = useT();
  const engines = useIpc(() => commands.engines(), "engines");
  const found = engines.data ?? [];
  const items = [
    { value: "auto", label: t("engine-auto"), description: t("engine-auto-about") },
    { value: "builtin", label: t("engine-builtin"), description: t("engine-builtin-about") },
    ...found.map((engine) => ({
      value: engine.access.host,
      label: nameOf(engine),
      description: engine.problem ? `${message(engine.problem.message)} ${message(engine.problem.hint)}` : engine.access.host,
      disabled: engine.problem !== null,
    })),
  ];
  const none = engines.data !== null && found.length === 0;
  return (
    <FormField
      label={t("engine")}
      info={<InfoLink topic="engine" />}
      description={t("engine-about")}
      constraintText={engines.loading ? t("engine-looking") : none ? t("engine-none-found") : undefined}
      secondaryControl={
        <Button iconName="refresh" variant="icon" ariaLabel={t("engine-look-again")} loading={engines.loading} onClick={engines.reload} />
      }
      stretch
    >
      <RadioGroup
        value={chosen.kind === "docker" ? chosen.access.host : chosen.kind}
        items={items}
        onChange={({ detail }) => {
          const docker = found.find((engine) => engine.access.host === detail.value);
          if (docker) onChoose({ kind: "docker", access: docker.access });
          else onChoose({ kind: detail.value === "builtin" ? "builtin" : "auto" });
        }}
        data-testid="engine"
      />
      {engines.problem ? <ProblemAlert problem={engines.problem} onRetry={engines.reload} /> : null}
    </FormField>
  );
}

function nameOf({ name, version }: FoundEngine): string {
  return version ? `${name} ${version.engine}` : name;
}
