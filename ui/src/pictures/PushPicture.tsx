/** An image is pulled to this computer, tagged twice, and pushed to two repositories. */
import { useRun } from "../lab/state";
import { useT } from "../i18n/context";
import { Picture } from "./Picture";
import { Arrow, Box, Cloud, Computer, Key, Label, Layers, Magnifier } from "./shapes";

export function PushPicture() {
  const { t } = useT();
  const { plan } = useRun();
  return (
    <Picture name="push" args={{ prod: plan.prod, sandbox: plan.sandbox }}>
      <Cloud x={4} y={30} width={176} height={126} />
      <Layers x={92} y={98} width={58} vulnerable />
      <Label x={92} y={180} text={t("picture-public-registry")} size={13} />
      <Arrow from={[188, 96]} to={[254, 96]} tone="accent" />
      <Label x={220} y={82} text={t("picture-pull")} size={13} />
      <Computer x={264} y={42} width={156} height={104} />
      <Layers x={342} y={92} width={70} vulnerable />
      <Label x={342} y={184} text={t("picture-engine")} size={13} />
      <Key x={452} y={88} />
      <Label x={472} y={116} text={t("picture-login")} size={13} />
      <Arrow from={[428, 66]} to={[526, 46]} tone="accent" />
      <Label x={470} y={44} text={t("picture-pushes")} size={13} />
      <Arrow from={[428, 126]} to={[526, 148]} tone="accent" />
      {[plan.prod, plan.sandbox].map((name, at) => (
        <g key={name}>
          <Box x={534} y={10 + at * 98} width={176} height={84} highlighted={at === 0} />
          <Layers x={622} y={38 + at * 98} width={48} vulnerable />
          {at === 0 ? <Magnifier x={622} y={38} radius={24} /> : null}
          <Label x={622} y={84 + at * 98} text={name.length > 22 ? `${name.slice(0, 21)}…` : name} mono size={11.5} />
        </g>
      ))}
    </Picture>
  );
}
