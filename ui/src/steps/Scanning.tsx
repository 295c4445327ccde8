/** Step 1: enhanced scanning, for the repositories whose names a filter matches. */
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRun, useStep } from "../lab/state";
import { ScanningPicture } from "../pictures/ScanningPicture";
import { ScanningChanges } from "./ScanningChanges";
import { ScanningChoices } from "./ScanningChoices";
import { ScanningFilterPreview } from "./ScanningFilterPreview";
import { StepFrame } from "./StepFrame";

export default function Scanning() {
  const open = useOpenPlan();
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

/** Whether the plan can still be changed: no step that changes anything has been begun. */
function useOpenPlan(): boolean {
  const { steps } = useRun();
  const { state } = useStep("scanning");
  return state === "pending" && steps.every((step) => step.id === "prepare" || step.state === "pending");
}
