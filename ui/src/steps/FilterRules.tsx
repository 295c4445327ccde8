/** How filters match: the table of the ECR user guide. Tests of the lab compare its matching with the same table. */
import { ExternalLink } from "../components/ExternalLink";
import { useT } from "../i18n/context";
import styles from "./FilterRules.module.css";
import table from "../components/table.module.css";
import a11y from "../components/a11y.module.css";

const NAMES = ["prod", "repo-prod", "prod-repo", "repo-prod-repo", "prodrepo"];
const ROWS: readonly { filter: string; matches: readonly boolean[] }[] = [
  { filter: "prod", matches: [true, true, true, true, true] },
  { filter: "*prod", matches: [true, true, false, false, false] },
  { filter: "prod*", matches: [true, false, true, false, true] },
  { filter: "*prod*", matches: [true, true, true, true, true] },
  { filter: "prod*repo", matches: [false, false, true, false, true] },
];

export function FilterRules() {
  const { t } = useT();
  return (
    <div className={styles.rules}>
      <p>{t("rules-about")}</p>
      <div className={table.scroll} role="region" tabIndex={0} aria-label={t("rules-title")}>
        <table className={table.table}>
          <caption className={a11y.visuallyHidden}>{t("rules-title")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("rules-filter")}</th>
              {NAMES.map((name) => (
                <th key={name} scope="col">
                  <code translate="no">{name}</code>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ROWS.map(({ filter, matches }) => (
              <tr key={filter}>
                <th scope="row">
                  <code translate="no">{filter}</code>
                </th>
                {matches.map((yes, index) => (
                  <td key={NAMES[index]} data-matches={yes}>
                    {t(yes ? "rules-yes" : "rules-no")}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        {t("rules-both")}{" "}
        <ExternalLink href="https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-filters.html">{t("rules-link")}</ExternalLink>
      </p>
    </div>
  );
}
