/** The vulnerable packages of a finding, and how to fix each. */
import { CodeBlock } from "../components/CommandLines";
import { CopyButton } from "../components/CopyButton";
import { shortDigest } from "../components/digest";
import { useT } from "../i18n/context";
import type { Finding, Package } from "../ipc/client";
import { LOG4SHELL } from "./log4shell";
import { propertyTextId } from "./properties";
import { Reference } from "./Reference";
import shared from "./shared.module.css";
import styles from "./FindingPackages.module.css";

/** The text that the services send if they have no advice. */
const NO_ADVICE = "None Provided";

/** Advice that is a command, by its first word; other advice is a sentence. */
const COMMAND = /^(sudo |apk |apt |apt-get |dnf |yum |zypper |pip |npm |go |gem |cargo |mvn )/;

export function FindingPackages({ finding }: { finding: Finding }) {
  const { t } = useT();
  const packages = finding.packages ?? [];
  const { text, url } = finding.remediation;
  return (
    <>
      {packages.length === 0 ? (
        <p className={shared.subdued}>{t("details-no-packages")}</p>
      ) : (
        <ul className={styles.packages}>
          {packages.map((pkg) => (
            <PackageCard key={`${pkg.name} ${pkg.version} ${pkg.filePath ?? ""} ${pkg.layer ?? ""}`} pkg={pkg} advice={text ?? ""} />
          ))}
        </ul>
      )}
      {packages.length === 0 ? null : (
        <p className={shared.subdued} data-testid="not-read">
          {t("details-not-read")}
        </p>
      )}
      <div className={shared.noteBox} data-testid="remediation">
        <strong>{t("details-remediation")}</strong>
        {text && text !== NO_ADVICE ? <p lang="en">{text}</p> : <p>{t("details-no-remediation")}</p>}
        {finding.vulnerability.id === LOG4SHELL ? <p>{t("log4shell-later")}</p> : null}
        {url ? <Reference address={url} /> : null}
      </div>
    </>
  );
}

/** `advice`: the advice for all packages, which is shown below the cards and not repeated in them. */
function PackageCard({ pkg, advice }: { pkg: Package; advice: string }) {
  const { t } = useT();
  const facts: [string, string | null | undefined][] = [
    [t("package-installed"), fullVersion(pkg)],
    [t("package-fixed"), pkg.fixedIn ?? (pkg.fixedInText == null ? null : t("package-not-fixed"))],
    [t(propertyTextId("packageManager")), pkg.manager],
    [t(propertyTextId("packageArch")), pkg.arch],
    [t(propertyTextId("filePath")), pkg.filePath],
  ];
  return (
    <li>
      <strong translate="no">{pkg.name}</strong>
      <dl className={shared.facts}>
        {facts.map(([label, value]) =>
          value == null || value === "" ? null : (
            <div key={label}>
              <dt>{label}</dt>
              <dd translate="no">{value}</dd>
            </div>
          ),
        )}
        {pkg.layer == null ? null : (
          <div>
            <dt>{t(propertyTextId("layer"))}</dt>
            <dd>
              <code title={pkg.layer} translate="no">
                {shortDigest(pkg.layer)}
              </code>{" "}
              <CopyButton text={pkg.layer} label={t("copy-what", { what: t(propertyTextId("layer")) })} />
            </dd>
          </div>
        )}
      </dl>
      {!pkg.remediation || advice.includes(pkg.remediation) ? null : COMMAND.test(pkg.remediation) ? (
        <CodeBlock text={pkg.remediation} label={t("copy-remediation", { name: pkg.name })} />
      ) : (
        <p lang="en">{pkg.remediation}</p>
      )}
    </li>
  );
}

/** `epoch:version-release`, without the parts that the package does not have. */
function fullVersion({ epoch, version, release }: Package): string {
  const versioned = epoch == null || epoch === 0 ? version : `${epoch}:${version}`;
  return release ? `${versioned}-${release}` : versioned;
}
