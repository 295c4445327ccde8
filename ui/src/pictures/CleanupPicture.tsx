/** Cleanup deletes what the lab created, restores what it changed, and keeps what existed before. */
import { useT } from "../i18n/context";
import { Picture } from "./Picture";
import { Arrow, Box, Document, Label, Layers, Mark } from "./shapes";

export function CleanupPicture() {
  const { t } = useT();
  return (
    <Picture name="cleanup">
      <Box x={12} y={20} width={216} height={116} deleted />
      <Layers x={84} y={76} width={66} deleted />
      <Layers x={158} y={76} width={66} deleted />
      <Label x={120} y={162} text={t("picture-goes")} strong />
      <Label x={120} y={183} text={t("picture-goes-about")} size={12.5} tone="quiet" />
      <Document x={272} y={42} tone="quiet" />
      <Arrow from={[388, 77]} to={[338, 77]} tone="good" />
      <Document x={396} y={42} />
      <Mark x={328} y={110} kind="good" />
      <Label x={362} y={162} text={t("picture-returns")} strong />
      <Label x={362} y={183} text={t("picture-returns-about")} size={12.5} tone="quiet" />
      <Box x={494} y={20} width={214} height={116} />
      <Layers x={601} y={76} width={82} />
      <Mark x={694} y={124} kind="good" />
      <Label x={601} y={162} text={t("picture-stays")} strong />
      <Label x={601} y={183} text={t("picture-stays-about")} size={12.5} tone="quiet" />
    </Picture>
  );
}
