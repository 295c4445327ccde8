/** One topic of help: its paragraphs, related topics, and links to the official documentation. */
import Icon from "@cloudscape-design/components/icon";
import Link from "@cloudscape-design/components/link";
import { ExternalLink } from "../components/ExternalLink";
import { useT } from "../i18n/context";
import { useHelpPanel } from "../lab/help";
import { Glossary } from "./Glossary";
import { isTopic, LINKS, TOPICS } from "./topics";

export default function HelpTopic({ topic }: { topic: string }) {
  const { t } = useT();
  const { show } = useHelpPanel();
  const id = isTopic(topic) ? topic : "start";
  const { paragraphs, see = [], links = [] } = TOPICS[id];
  const related = id === "glossary" ? see : [...see.filter((other) => other !== "glossary"), "glossary" as const];
  return (
    <div data-testid={`help-${id}`}>
      {Array.from({ length: paragraphs }, (_, at) => (
        <p key={at}>{t(`help-${id}-${at + 1}`)}</p>
      ))}
      {id === "glossary" ? <Glossary /> : null}
      {related.length === 0 ? null : (
        <>
          <h3>{t("help-more")}</h3>
          <ul>
            {related.map((other) => (
              <li key={other}>
                <Link href={`#help-${other}`} onFollow={(event) => { event.preventDefault(); show(other); }} fontSize="body-m">
                  {t(`help-${other}-title`)}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
      {links.length === 0 ? null : (
        <>
          <h3>
            {t("help-official")} <Icon name="external" size="inherit" />
          </h3>
          <ul>
            {links.map((link) => (
              <li key={link}>
                <ExternalLink href={LINKS[link]}>{t(`help-link-${link}`)}</ExternalLink>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
