/** Step 7, clean up: restores the state before the run, and shows a receipt. */
import { useRun } from "../lab/state";
import { CleanupPicture } from "../pictures/CleanupPicture";
import { CleanupChanges } from "./CleanupChanges";
import { CleanupFinish } from "./CleanupFinish";
import { CleanupReceipt } from "./CleanupReceipt";
import { StepFrame } from "./StepFrame";
import { WatchingEnds } from "./WatchingEnds";

export default function Cleanup() {
  const { finished } = useRun();
  return (
    <StepFrame
      step="cleanup"
      picture={<CleanupPicture />}
      preview={(preview) => <CleanupChanges preview={preview} finished={finished} />}
      result={<CleanupReceipt />}
    >
      <WatchingEnds step="cleanup" />
      <CleanupFinish finished={finished} />
    </StepFrame>
  );
}
