/** Step 0: is everything there that the lab needs? */
import { useStep } from "../lab/state";
import { PreparePicture } from "../pictures/PreparePicture";
import { PrepareFacts } from "./PrepareFacts";
import { PrepareChecklist } from "./PrepareChecklist";
import { StepFrame } from "./StepFrame";

export default function Prepare() {
  const { state } = useStep("prepare");
  return (
    <StepFrame
      step="prepare"
      picture={<PreparePicture />}
      preview={() => <PrepareChecklist />}
      result={state === "done" ? <PrepareFacts /> : null}
    />
  );
}
