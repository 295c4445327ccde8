/** What the lab made goes, what it changed goes back, what was there before stays. */
import { useT } from "../i18n/context";
import { Arrow, Crate, Document, Label, Layers, Mark } from "./parts";
import { Picture } from "./Picture";

export function CleanupPicture() {
  const { t } = useT();
  return (
    <Picture name="cleanup">
      <Crate x={12} y={20} width={216} height={116} gone />
      <Layers x={84} y={76} width={66} gone />
      <Layers x={158} y={76} width={66} gone />
      <Label x={120} y={162} text={t("picture-goes")} strong />
      <Label x={120} y={183} text={t("picture-goes-about")} size={12.5} tone="quiet" />
      <Document x={272} y={42} tone="quiet" />
      <Arrow from={[388, 77]} to={[338, 77]} tone="good" />
      <Document x={396} y={42} />
      <Mark x={328} y={110} kind="good" />
      <Label x={362} y={162} text={t("picture-returns")} strong />
      <Label x={362} y={183} text={t("picture-returns-about")} size={12.5} tone="quiet" />
      <Crate x={494} y={20} width={214} height={116} />
      <Layers x={601} y={76} width={82} />
      <Mark x={694} y={124} kind="good" />
      <Label x={601} y={162} text={t("picture-stays")} strong />
      <Label x={601} y={183} text={t("picture-stays-about")} size={12.5} tone="quiet" />
    </Picture>
  );
}
