/** The common name of a vulnerability beside its id, if it has one. */
import { useT } from "../i18n/context";
import { aliasTextId } from "./aliasTextId";
import shared from "./shared.module.css";

export function Alias({ id }: { id: string | null }) {
  const { t } = useT();
  const textId = aliasTextId(id);
  return textId === null ? null : <span className={shared.alias}>{t(textId)}</span>;
}
