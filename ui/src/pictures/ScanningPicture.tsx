/** A filter selects the repositories that are scanned: those whose names contain it. */
import { useRun } from "../lab/state";
import { useT } from "../i18n/context";
import { Picture } from "./Picture";
import { Arrow, Box, Document, Label, Magnifier, Mark } from "./shapes";

export function ScanningPicture() {
  const { t } = useT();
  const { plan } = useRun();
  const rows = [
    { name: plan.prod, watched: true },
    { name: plan.sandbox, watched: false },
    { name: plan.shared, watched: false },
  ];
  return (
    <Picture name="scanning" args={{ filter: plan.filter, watched: plan.prod }}>
      <Document x={64} y={46} />
      <Label x={92} y={142} text={t("picture-configuration")} />
      <Label x={92} y={162} text={t("picture-one-per-registry")} tone="quiet" size={12.5} />
      <Arrow from={[134, 82]} to={[184, 82]} />
      <Magnifier x={236} y={82} radius={42} />
      <Label x={236} y={88} text={truncate(plan.filter, 8)} mono strong tone="accent" size={plan.filter.length > 6 ? 13 : 17} />
      <Label x={236} y={162} text={t("picture-filter")} />
      <Arrow from={[292, 82]} to={[346, 52]} tone="accent" />
      <Box x={352} y={14} width={352} height={172} />
      {rows.map(({ name, watched }, at) => (
        <g key={name}>
          <Box x={366} y={28 + at * 49} width={324} height={42} highlighted={watched} />
          <Mark x={388} y={49 + at * 49} kind={watched ? "good" : "off"} />
          <Label x={408} y={54 + at * 49} text={truncate(name, 20)} anchor="start" mono size={13} tone={watched ? "plain" : "quiet"} />
          <Label
            x={680}
            y={54 + at * 49}
            text={t(watched ? "picture-watched" : "picture-unwatched")}
            anchor="end"
            size={12.5}
            tone={watched ? "good" : "quiet"}
          />
        </g>
      ))}
    </Picture>
  );
}

function truncate(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 1)}…`;
}
