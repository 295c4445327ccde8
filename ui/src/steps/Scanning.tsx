/** Step 2, configure scanning: enhanced scanning for the repositories whose names match a filter. */
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRun, useStep } from "../lab/state";
import { ScanningPicture } from "../pictures/ScanningPicture";
import { ScanningChanges } from "./ScanningChanges";
import { ScanningChoices } from "./ScanningChoices";
import { ScanningFilterPreview } from "./ScanningFilterPreview";
import { StepFrame } from "./StepFrame";

export default function Scanning() {
  const open = useIsPlanOpen();
  return (
    <StepFrame
      step="scanning"
      picture={<ScanningPicture />}
      preview={(preview) => (
        <SpaceBetween size="l">
          <ScanningChanges preview={preview} />
          <ScanningFilterPreview open={open} />
        </SpaceBetween>
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
