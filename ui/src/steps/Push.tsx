/** Step 4, push: the vulnerable image is pushed to a scanned repository and to one that is not scanned. */
import Alert from "@cloudscape-design/components/alert";
import { useT } from "../i18n/context";
import { PushPicture } from "../pictures/PushPicture";
import { PushOutcome } from "./PushOutcome";
import { PushProgress } from "./PushProgress";
import { StepFrame } from "./StepFrame";

export default function Push() {
  const { t } = useT();
  return (
    <StepFrame
      step="push"
      picture={<PushPicture />}
      choices={
        <Alert type="warning" header={t("push-warning-title")}>
          <span data-testid="push-warning">{t("push-warning")}</span>
        </Alert>
      }
      progress={(job) => <PushProgress job={job} />}
      result={<PushOutcome />}
    />
  );
}
