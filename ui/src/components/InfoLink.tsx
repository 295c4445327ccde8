/** The "Info" link beside a heading. */
import Link from "@cloudscape-design/components/link";
import { useT } from "../i18n/context";
import { useHelpPanel } from "../lab/help";

/** Opens a topic in the help panel. */
export function InfoLink({ topic }: { topic: string }) {
  const { t } = useT();
  const { show } = useHelpPanel();
  return (
    <Link variant="info" onFollow={() => { show(topic); }} ariaLabel={t("info-about", { topic: t(`help-${topic}-title`) })}>
      {t("info")}
    </Link>
  );
}
