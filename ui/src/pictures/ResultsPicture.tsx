/** The same image in two repositories: the scanned one has findings, the other has no result. */
import { useRun } from "../lab/state";
import { useT } from "../i18n/context";
import { Picture } from "./Picture";
import { Bar, Box, Label, Layers, Magnifier, Mark } from "./shapes";

export function ResultsPicture() {
  const { t } = useT();
  const { plan } = useRun();
  return (
    <Picture name="results" args={{ prod: plan.prod, sandbox: plan.sandbox }}>
      <Box x={12} y={14} width={290} height={172} highlighted />
      <Label x={157} y={40} text={plan.prod} mono size={13} strong />
      <Layers x={82} y={98} width={74} vulnerable />
      <Magnifier x={82} y={98} radius={44} />
      {[112, 84, 96, 62].map((width, at) => (
        <Bar key={width} x={168} y={64 + at * 22} width={width} critical={at === 0} />
      ))}
      <Mark x={36} y={166} kind="bad" />
      <Label x={54} y={171} text={t("picture-findings")} anchor="start" size={13} />
      <Label x={360} y={84} text="=" size={34} tone="quiet" strong />
      <Label x={360} y={112} text={t("picture-same")} size={13} tone="quiet" />
      <Label x={360} y={130} text={t("picture-digest")} size={13} tone="quiet" />
      <Box x={418} y={14} width={290} height={172} />
      <Label x={563} y={40} text={plan.sandbox} mono size={13} strong />
      <Layers x={488} y={98} width={74} vulnerable />
      <Label x={622} y={112} text="?" size={44} tone="quiet" strong />
      <Mark x={442} y={166} kind="unknown" />
      <Label x={460} y={171} text={t("picture-not-looked")} anchor="start" size={13} />
    </Picture>
  );
}
