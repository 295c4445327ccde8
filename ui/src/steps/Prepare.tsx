/** Step 1, prepare: checks whether everything that the lab needs is available. */
import { useStep } from "../lab/state";
import { PreparePicture } from "../pictures/PreparePicture";
import { PrepareFacts } from "./PrepareFacts";
import { PolicyButton } from "./PolicyButton";
import { PrepareChecklist } from "./PrepareChecklist";
import { StepFrame } from "./StepFrame";

export default function Prepare() {
  const { state } = useStep("prepare");
  return (
    <StepFrame
      step="prepare"
      picture={<PreparePicture />}
      preview={() => (
        <>
          <PrepareChecklist />
          <PolicyButton />
        </>
      )}
      result={state === "done" ? <PrepareFacts /> : null}
    />
  );
}
