/** How fast the practice cloud's clock runs. */
import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import { useT } from "../i18n/context";
import type { Speed } from "../ipc/client";

/** `fast` is for programs: a person could not follow it. */
const SPEEDS: readonly Speed[] = ["real", "steady", "instant"];

export function SpeedChoice({ chosen, onChoose }: { chosen: Speed; onChoose: (speed: Speed) => void }) {
  const { t } = useT();
  return (
    <FormField label={t("speed")} description={t("speed-about")} stretch>
      <RadioGroup
        value={chosen}
        items={SPEEDS.map((value) => ({ value, label: t(`speed-${value}`), description: t(`speed-${value}-about`) }))}
        onChange={({ detail }) => { onChoose(SPEEDS.find((speed) => speed === detail.value) ?? chosen); }}
        data-testid="speed"
      />
    </FormField>
  );
}
