/** Everything that is known of a finding, part by part. */
import Tabs from "@cloudscape-design/components/tabs";
import { type ReactNode } from "react";
import { Account, useMasked } from "../components/Account";
import { CopyButton } from "../components/CopyButton";
import { useT } from "../i18n/context";
import type { Finding } from "../ipc/client";
import { CvssExplained } from "./CvssExplained";
import { Facts } from "./Facts";
import { FindingPackages } from "./FindingPackages";
import { sayChance, wordOf, wordOfValue } from "./properties";
import { Reference } from "./Reference";

export function FindingDetails({ finding }: { finding: Finding }) {
  const say = useT();
  const { t, date } = say;
  return (
    <>
      {finding.vulnerability.id == null ? null : <p className="lab-panel-title">{finding.title}</p>}
      <Part title={t("details-description")}>
        <p className="lab-prose" lang="en">
          {finding.description}
        </p>
      </Part>
      <Part title={t("details-risk")}>
        <Risk finding={finding} />
      </Part>
      <Part title={t("details-packages")}>
        <FindingPackages finding={finding} />
      </Part>
      <Part title={t("details-cvss")}>
        <Ratings finding={finding} />
      </Part>
      <Part title={t("details-references")}>
        <References finding={finding} />
      </Part>
      <Part title={t("details-where")}>
        <Where finding={finding} />
      </Part>
      <Part title={t("details-times")}>
        <Facts
          facts={[
            ...(["firstObservedAt", "lastObservedAt", "updatedAt"] as const).map((key) => ({ label: t(wordOf(key)), value: moment(finding[key], date) })),
            { label: t(wordOf("vendorCreatedAt")), value: moment(finding.vulnerability.vendorCreatedAt, date) },
            { label: t(wordOf("vendorUpdatedAt")), value: moment(finding.vulnerability.vendorUpdatedAt, date) },
            { label: t("details-exploit-known"), value: moment(finding.lastKnownExploitAt, date) },
            { label: t("details-exploit-first"), value: moment(finding.exploitObserved?.firstSeen, date) },
            { label: t("details-exploit-last"), value: moment(finding.exploitObserved?.lastSeen, date) },
          ]}
        />
      </Part>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="lab-part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function moment(at: string | null | undefined, date: (at: string) => string): string | null {
  return at == null ? null : date(at);
}

function Risk({ finding }: { finding: Finding }) {
  const say = useT();
  const { t, number, date, list } = say;
  const { vulnerability, kev, epss, scoreDetails } = finding;
  const chance = epss == null ? null : sayChance(epss, say);
  const day = (at: string) => date(at, { dateStyle: "long", timeZone: "UTC" });
  const exploit = wordOfValue("exploitAvailable", finding.exploitAvailable ?? "");
  return (
    <>
      <Facts
        facts={[
          { label: t(wordOf("severity")), value: t(`severity-${finding.severity.toLowerCase()}`) },
          { label: t(wordOf("vendorSeverity")), value: vulnerability.vendorSeverity },
          { label: t(wordOf("score")), value: finding.score == null ? null : number(finding.score, { minimumFractionDigits: 1 }) },
          { label: t("details-score-source"), value: scoreDetails ? list([...new Set([scoreDetails.scoreSource, scoreDetails.cvssSource].filter((source) => source != null))]) : null },
          { label: t(wordOf("epss")), value: chance },
          { label: t(wordOf("exploitAvailable")), value: exploit === null ? finding.exploitAvailable : t(exploit) },
          { label: t(wordOf("riskScore")), value: finding.riskScore == null ? null : number(finding.riskScore) },
          { label: t(wordOf("cwe")), value: (finding.cwes ?? []).join(", ") },
          { label: t(wordOf("relatedId")), value: (vulnerability.related ?? []).join(", ") },
          { label: t("details-tools"), value: (finding.tools ?? []).join(", ") },
          { label: t("details-ttps"), value: (finding.ttps ?? []).join(", ") },
        ]}
      />
      {chance === null ? null : (
        <div className="lab-note-box" data-testid="epss">
          <strong>{t("epss-says", { chance })}</strong>
          <p>{t("epss-means")}</p>
        </div>
      )}
      {kev == null ? null : (
        <div className="lab-note-box lab-note-kev" data-testid="kev">
          <strong>{kev.dateAdded == null ? t("kev-long") : t("kev-since", { date: day(kev.dateAdded) })}</strong>
          <p>{t("kev-means")}</p>
          {kev.dateDue == null ? null : <p>{t("kev-due", { date: day(kev.dateDue) })}</p>}
          {kev.action ? <p>{t("kev-action", { action: kev.action })}</p> : null}
        </div>
      )}
      {(finding.evidences ?? []).length === 0 ? null : (
        <ul className="lab-found-list">
          {(finding.evidences ?? []).map((evidence) => (
            <li key={`${evidence.rule} ${evidence.detail}`}>{t("details-evidence", { rule: evidence.rule, detail: evidence.detail, severity: evidence.severity })}</li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Each rating once; the one that Inspector's score is of comes first. */
function Ratings({ finding }: { finding: Finding }) {
  const { t } = useT();
  const { scoreDetails, vulnerability } = finding;
  const ratings = [
    ...(scoreDetails ? [{ vector: scoreDetails.vector, version: scoreDetails.version, source: scoreDetails.scoreSource }] : []),
    ...(vulnerability.cvss ?? []),
  ].filter((rating, at, all) => rating.vector !== "" && all.findIndex((other) => other.vector === rating.vector) === at);
  const first = ratings[0];
  if (!first) return <p className="lab-subdued">{t("cvss-none")}</p>;
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
        <ul className="lab-found-list">
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
  if (addresses.length === 0) return <p className="lab-subdued">{t("details-no-references")}</p>;
  return (
    <ul className="lab-found-list lab-references">
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
          { label: t(wordOf("repository")), value: image?.repository },
          { label: t(wordOf("tag")), value: (image?.tags ?? []).join(", ") },
          { label: t(wordOf("platform")), value: image?.platform },
          { label: t(wordOf("architecture")), value: image?.architecture },
          { label: t("details-pushed"), value: moment(image?.pushedAt, date) },
          { label: t("details-in-use"), value: image?.inUseCount == null ? null : number(image.inUseCount) },
          { label: t(wordOf("account")), value: <Account id={finding.account} /> },
          { label: t(wordOf("region")), value: region },
          { label: t(wordOf("seenBy")), value: list(finding.seenBy.map((source) => t(`source-${source.toLowerCase()}`))) },
          { label: t(wordOf("status")), value: finding.status },
          { label: t(wordOf("type")), value: finding.type },
          { label: t(wordOf("vulnerabilitySource")), value: finding.vulnerability.source },
        ]}
      />
      {image ? <Line label={t(wordOf("digest"))} text={image.digest} copy={image.digest} /> : null}
      <Line label={t("details-arn")} text={mask(finding.arn)} copy={finding.arn} />
    </>
  );
}

function Line({ label, text, copy }: { label: string; text: string; copy: string }) {
  const { t } = useT();
  return (
    <div className="lab-copy-line">
      <span>{label}</span>
      <code translate="no">{text}</code>
      <CopyButton text={copy} label={t("copy-what", { what: label })} />
    </div>
  );
}
