/** The same image in two repositories: where someone looks there are findings, where nobody does there is silence. */
import { useT } from "../i18n/context";
import { useRun } from "../lab/state";
import { Crate, Label, Layers, Lens, Mark } from "./parts";
import { Picture } from "./Picture";

export function ResultsPicture() {
  const { t } = useT();
  const { plan } = useRun();
  return (
    <Picture name="results" args={{ prod: plan.prod, sandbox: plan.sandbox }}>
      <Crate x={12} y={14} width={290} height={172} lit />
      <Label x={157} y={40} text={plan.prod} mono size={13} strong />
      <Layers x={82} y={98} width={74} hot />
      <Lens x={82} y={98} radius={44} />
      {[112, 84, 96, 62].map((width, at) => (
        <rect key={width} className={at === 0 ? "pic-bar-hot" : "pic-bar"} x={168} y={64 + at * 22} width={width} height={11} rx={3} />
      ))}
      <Mark x={36} y={166} kind="bad" />
      <Label x={54} y={171} text={t("picture-findings")} anchor="start" size={13} />
      <Label x={360} y={84} text="=" size={34} tone="quiet" strong />
      <Label x={360} y={112} text={t("picture-same")} size={13} tone="quiet" />
      <Label x={360} y={130} text={t("picture-digest")} size={13} tone="quiet" />
      <Crate x={418} y={14} width={290} height={172} />
      <Label x={563} y={40} text={plan.sandbox} mono size={13} strong />
      <Layers x={488} y={98} width={74} hot />
      <Label x={622} y={112} text="?" size={44} tone="quiet" strong />
      <Mark x={442} y={166} kind="unknown" />
      <Label x={460} y={171} text={t("picture-not-looked")} anchor="start" size={13} />
    </Picture>
  );
}
