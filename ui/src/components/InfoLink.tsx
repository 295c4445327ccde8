/** Leads from a heading to the help panel. */
import Link from "@cloudscape-design/components/link";
import { useT } from "../i18n/context";
import { useHelpPanel } from "../lab/help";

/** A small link beside a heading that shows more in the help panel. */
export function InfoLink({ topic }: { topic: string }) {
  const { t } = useT();
  const { show } = useHelpPanel();
  return (
    <Link variant="info" onFollow={() => { show(topic); }} ariaLabel={t("info-about", { topic: t(`help-${topic}-title`) })}>
      {t("info")}
    </Link>
  );
}
