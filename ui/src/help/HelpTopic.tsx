/** One topic of the help panel, by its name. */
import HelpPanel from "@cloudscape-design/components/help-panel";
import { useT } from "../i18n/context";

export default function HelpTopic({ topic }: { topic: string }) {
  const { t } = useT();
  return (
    <HelpPanel header={<h2>{t(`help-${topic}-title`)}</h2>}>
      <p>{t(`help-${topic}`)}</p>
    </HelpPanel>
  );
}
