/** Goes to the step that an error or a hint names. */
import Button from "@cloudscape-design/components/button";
import { useT } from "../i18n/context";
import type { Message, StepId } from "../ipc/client";
import { namedStep } from "../lab/namedStep";
import { useRoute } from "../lab/route";
import { useLab } from "../lab/state";

/** The step that the hint names; null if it names none, or the one that is open, or no run is open. */
export function useNamedStep(hint: Message | null): StepId | null {
  const { run, backend } = useLab();
  const { page } = useRoute();
  return run && backend ? namedStep(hint, page) : null;
}

export function GoToStep({ step }: { step: StepId }) {
  const { t } = useT();
  const { go } = useRoute();
  return (
    <Button iconName="arrow-right" iconAlign="right" onClick={() => { go(step); }} data-testid={`go-to-${step}`}>
      {t("go-to-step", { title: t(`step-${step}-title`) })}
    </Button>
  );
}
