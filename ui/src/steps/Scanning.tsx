/** Step 2, configure scanning: enhanced scanning for the repositories whose names match a filter. */
import Tabs from "@cloudscape-design/components/tabs";
import { useT } from "../i18n/context";
import { useRun, useStep } from "../lab/state";
import { ScanningPicture } from "../pictures/ScanningPicture";
import { ScanningChanges } from "./ScanningChanges";
import { ScanningChoices } from "./ScanningChoices";
import { ScanningFilterPreview } from "./ScanningFilterPreview";
import { StepFrame } from "./StepFrame";

export default function Scanning() {
  const { t } = useT();
  const open = useIsPlanOpen();
  return (
    <StepFrame
      step="scanning"
      picture={<ScanningPicture />}
      preview={(preview) => (
        <Tabs
          ariaLabel={t("part-preview")}
          tabs={[
            { id: "changes", label: t("scanning-changes"), content: <ScanningChanges preview={preview} /> },
            { id: "filter", label: <span data-testid="scanning-filter">{t("scanning-filter")}</span>, content: <ScanningFilterPreview open={open} /> },
          ]}
        />
      )}
      choices={<ScanningChoices open={open} />}
    />
  );
}

/** Whether the plan can still be changed: no step that changes anything has been started. */
function useIsPlanOpen(): boolean {
  const { steps } = useRun();
  const { state } = useStep("scanning");
  return state === "pending" && steps.every((step) => step.id === "prepare" || step.state === "pending");
}
