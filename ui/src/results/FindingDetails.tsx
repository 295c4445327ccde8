/** All the data of a finding, in sections. */
import Tabs from "@cloudscape-design/components/tabs";
import { type ReactNode } from "react";
import { Account, useMasked } from "../components/Account";
import { CopyButton } from "../components/CopyButton";
import { useT } from "../i18n/context";
import type { Finding } from "../ipc/client";
import { classNames } from "../theme/classNames";
import { CvssExplained } from "./CvssExplained";
import { END_OF_LIFE } from "./endOfLife";
import { Facts } from "./Facts";
import { FindingPackages } from "./FindingPackages";
import { propertyTextId, valueTextId } from "./properties";
import { Reference } from "./Reference";
import shared from "./shared.module.css";
import styles from "./FindingDetails.module.css";

export function FindingDetails({ finding }: { finding: Finding }) {
  const translator = useT();
  const { t, date } = translator;
  return (
    <>
      {finding.vulnerability.id == null ? null : <p className={styles.title}>{finding.title}</p>}
      <Section title={t("details-description")}>
        <p className={styles.prose} lang="en">
          {finding.description}
        </p>
        {finding.vulnerability.id === END_OF_LIFE ? (
          <div className={shared.noteBox} data-testid="end-of-life">
            <strong>{t("end-of-life")}</strong>
            <p>{t("end-of-life-means", { id: END_OF_LIFE })}</p>
          </div>
        ) : null}
      </Section>
      <Section title={t("details-risk")}>
        <Risk finding={finding} />
      </Section>
      <Section title={t("details-packages")}>
        <FindingPackages finding={finding} />
      </Section>
      <Section title={t("details-cvss")}>
        <Ratings finding={finding} />
      </Section>
      <Section title={t("details-references")}>
        <References finding={finding} />
      </Section>
      <Section title={t("details-where")}>
        <Where finding={finding} />
      </Section>
      <Section title={t("details-times")}>
        <Facts
          facts={[
            ...(["firstObservedAt", "lastObservedAt", "updatedAt"] as const).map((key) => ({ label: t(propertyTextId(key)), value: formatMoment(finding[key], date) })),
            { label: t(propertyTextId("vendorCreatedAt")), value: formatMoment(finding.vulnerability.vendorCreatedAt, date) },
            { label: t(propertyTextId("vendorUpdatedAt")), value: formatMoment(finding.vulnerability.vendorUpdatedAt, date) },
            { label: t("details-exploit-known"), value: formatMoment(finding.lastKnownExploitAt, date) },
            { label: t("details-exploit-first"), value: formatMoment(finding.exploitObserved?.firstSeen, date) },
            { label: t("details-exploit-last"), value: formatMoment(finding.exploitObserved?.lastSeen, date) },
          ]}
        />
      </Section>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function formatMoment(timestamp: string | null | undefined, date: (timestamp: string) => string): string | null {
  return timestamp == null ? null : date(timestamp);
}

function Risk({ finding }: { finding: Finding }) {
  const { t, number, score, percent, day, list } = useT();
  const { vulnerability, kev, epss, scoreDetails } = finding;
  const probability = epss == null ? null : percent(epss);
  const exploitTextId = valueTextId("exploitAvailable", finding.exploitAvailable ?? "");
  return (
    <>
      <Facts
        facts={[
          { label: t(propertyTextId("severity")), value: t(`severity-${finding.severity.toLowerCase()}`) },
          { label: t(propertyTextId("vendorSeverity")), value: vulnerability.vendorSeverity },
          { label: t(propertyTextId("score")), value: finding.score == null ? null : score(finding.score) },
          { label: t("details-score-source"), value: scoreDetails ? list([...new Set([scoreDetails.scoreSource, scoreDetails.cvssSource].filter((source) => source != null))]) : null },
          { label: t(propertyTextId("epss")), value: probability },
          { label: t(propertyTextId("exploitAvailable")), value: exploitTextId === null ? finding.exploitAvailable : t(exploitTextId) },
          { label: t(propertyTextId("riskScore")), value: finding.riskScore == null ? null : number(finding.riskScore) },
          { label: t(propertyTextId("cwe")), value: (finding.cwes ?? []).join(", ") },
          { label: t(propertyTextId("relatedId")), value: (vulnerability.related ?? []).join(", ") },
          { label: t("details-tools"), value: (finding.tools ?? []).join(", ") },
          { label: t("details-ttps"), value: (finding.ttps ?? []).join(", ") },
        ]}
      />
      {probability === null ? null : (
        <div className={shared.noteBox} data-testid="epss">
          <strong>{t("epss-says", { chance: probability })}</strong>
          <p>{t("epss-means")}</p>
        </div>
      )}
      {kev == null ? null : (
        <div className={classNames(shared.noteBox, shared.kevNote)} data-testid="kev">
          <strong>{kev.dateAdded == null ? t("kev-long") : t("kev-since", { date: day(kev.dateAdded) })}</strong>
          <p>{t("kev-means")}</p>
          {kev.dateDue == null ? null : <p>{t("kev-due", { date: day(kev.dateDue) })}</p>}
          {kev.action ? <p>{t("kev-action", { action: kev.action })}</p> : null}
        </div>
      )}
      {(finding.evidences ?? []).length === 0 ? null : (
        <ul className={styles.list}>
          {(finding.evidences ?? []).map((evidence) => (
            <li key={`${evidence.rule} ${evidence.detail}`}>{t("details-evidence", { rule: evidence.rule, detail: evidence.detail, severity: evidence.severity })}</li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Each CVSS rating once; the one that Inspector's score comes from is first. */
function Ratings({ finding }: { finding: Finding }) {
  const { t } = useT();
  const { scoreDetails, vulnerability } = finding;
  const ratings = [
    ...(scoreDetails ? [{ vector: scoreDetails.vector, version: scoreDetails.version, source: scoreDetails.scoreSource }] : []),
    ...(vulnerability.cvss ?? []),
  ].filter((rating, index, all) => rating.vector !== "" && all.findIndex((other) => other.vector === rating.vector) === index);
  const first = ratings[0];
  if (!first) return <p className={shared.subdued}>{t("cvss-none")}</p>;
  return (
    <>
      {ratings.length === 1 ? (
        <CvssExplained vector={first.vector} />
      ) : (
        <Tabs
          ariaLabel={t("details-cvss")}
          tabs={ratings.map((rating) => ({
            id: rating.vector,
            label: t("cvss-by", { source: rating.source, version: rating.version }),
            content: <CvssExplained vector={rating.vector} />,
          }))}
        />
      )}
      {(scoreDetails?.adjustments ?? []).length === 0 ? null : (
        <ul className={styles.list}>
          {(scoreDetails?.adjustments ?? []).map((adjustment) => (
            <li key={adjustment.metric}>{t("cvss-adjusted", { metric: adjustment.metric, reason: adjustment.reason })}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function References({ finding }: { finding: Finding }) {
  const { t } = useT();
  const { vulnerability, remediation } = finding;
  const all = [vulnerability.sourceUrl, remediation.url, ...(vulnerability.referenceUrls ?? [])].filter((url) => url != null && url !== "");
  const addresses = [...new Set(all)] as string[];
  if (addresses.length === 0) return <p className={shared.subdued}>{t("details-no-references")}</p>;
  return (
    <ul className={classNames(styles.list, styles.references)}>
      {addresses.map((address) => (
        <li key={address}>
          <Reference address={address} />
        </li>
      ))}
    </ul>
  );
}

function Where({ finding }: { finding: Finding }) {
  const { t, date, list, number } = useT();
  const mask = useMasked();
  const image = (finding.resources ?? []).find((resource) => resource.image != null)?.image;
  const region = (finding.resources ?? []).find((resource) => resource.region != null)?.region;
  return (
    <>
      <Facts
        facts={[
          { label: t(propertyTextId("repository")), value: image?.repository },
          { label: t(propertyTextId("tag")), value: (image?.tags ?? []).join(", ") },
          { label: t(propertyTextId("platform")), value: image?.platform },
          { label: t(propertyTextId("architecture")), value: image?.architecture },
          { label: t("details-pushed"), value: formatMoment(image?.pushedAt, date) },
          { label: t("details-in-use"), value: image?.inUseCount == null ? null : number(image.inUseCount) },
          { label: t(propertyTextId("account")), value: <Account id={finding.account} /> },
          { label: t(propertyTextId("region")), value: region },
          { label: t(propertyTextId("seenBy")), value: list(finding.seenBy.map((source) => t(`source-${source.toLowerCase()}`))) },
          { label: t(propertyTextId("status")), value: finding.status },
          { label: t(propertyTextId("type")), value: finding.type },
          { label: t(propertyTextId("vulnerabilitySource")), value: finding.vulnerability.source },
        ]}
      />
      {image ? <CopyableLine label={t(propertyTextId("digest"))} text={image.digest} copy={image.digest} /> : null}
      <CopyableLine label={t("details-arn")} text={mask(finding.arn)} copy={finding.arn} />
    </>
  );
}

function CopyableLine({ label, text, copy }: { label: string; text: string; copy: string }) {
  const { t } = useT();
  return (
    <div className={styles.copyLine}>
      <span>{label}</span>
      <code translate="no">{text}</code>
      <CopyButton text={copy} label={t("copy-what", { what: label })} />
    </div>
  );
}
