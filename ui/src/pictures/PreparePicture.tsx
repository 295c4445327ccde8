/** You, the image engine on this computer, and the account that the lab works in. */
import { useLab } from "../app/state";
import { useT } from "../i18n/context";
import { Picture } from "./Picture";
import { Arrow, Cloud, Computer, Crate, Label, Layers, Lens, Person } from "./parts";

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
      <Cloud x={424} y={14} width={280} height={166} />
      <Label x={566} y={66} text={t(practice ? "picture-cloud-practice" : "picture-cloud-aws")} strong />
      <Crate x={470} y={84} width={92} height={54} />
      <Label x={516} y={116} text={t("picture-ecr")} size={13} />
      <Crate x={576} y={84} width={92} height={54} />
      <Label x={622} y={116} text={t("picture-inspector")} size={13} />
      <Lens x={650} y={88} radius={13} />
      <Label x={566} y={164} text={run?.region ?? t("picture-region")} tone="quiet" size={13} mono={run?.region != null} />
    </Picture>
  );
}
