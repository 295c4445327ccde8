/** The user, the image engine on this computer, and the AWS account or practice cloud. */
import { useLab } from "../lab/state";
import { useT } from "../i18n/context";
import { Picture } from "./Picture";
import { Arrow, Box, Cloud, Computer, Label, Layers, Magnifier, Person } from "./shapes";

export function PreparePicture() {
  const { t } = useT();
  const { run } = useLab();
  const practice = run?.mode !== "aws";
  return (
    <Picture name={practice ? "prepare-practice" : "prepare-aws"}>
      <Person x={58} y={92} />
      <Label x={58} y={148} text={t("picture-you")} />
      <Arrow from={[100, 92]} to={[146, 92]} />
      <Computer x={156} y={34} width={196} height={124} />
      <Layers x={254} y={84} width={84} />
      <Label x={254} y={146} text={t("picture-engine")} />
      <Arrow from={[366, 92]} to={[420, 92]} tone="accent" />
      <Cloud x={424} y={8} width={288} height={180} />
      <Label x={568} y={72} text={t(practice ? "picture-cloud-practice" : "picture-cloud-aws")} strong />
      <Box x={466} y={86} width={98} height={62} highlighted />
      <Layers x={515} y={106} width={34} />
      <Label x={515} y={140} text={t("picture-ecr")} size={12.5} />
      <Box x={574} y={86} width={98} height={62} highlighted />
      <Magnifier x={620} y={104} radius={11} />
      <Label x={623} y={140} text={t("picture-inspector")} size={12.5} />
      <Label x={568} y={170} text={run?.region ?? t("picture-region")} tone="quiet" size={13} mono={run?.region != null} />
    </Picture>
  );
}
