/** An account id; if masking is on, only its last four digits are shown. */
import { useContext } from "react";
import { useT } from "../i18n/context";
import { MaskContext } from "../i18n/mask";
import a11y from "./a11y.module.css";

export { useMasked } from "../i18n/mask";

export function Account({ id }: { id: string }) {
  const { t } = useT();
  const masked = useContext(MaskContext);
  if (!masked) return <span translate="no">{id}</span>;
  const end = id.slice(-4);
  return (
    <span translate="no">
      <span aria-hidden="true">{`${"•".repeat(Math.max(0, id.length - 4))}${end}`}</span>
      <span className={a11y.visuallyHidden}>{t("account-masked", { end })}</span>
    </span>
  );
}
