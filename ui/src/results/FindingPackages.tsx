/** Where the vulnerability is, and what to do about it, package by package. */
import { CodeBlock } from "../components/CommandLines";
import { CopyButton } from "../components/CopyButton";
import { useT } from "../i18n/context";
import type { Finding, Package } from "../ipc/client";
import { shortDigest } from "./columns";
import { LOG4SHELL } from "./log4shell";
import { wordOf } from "./properties";
import { Reference } from "./Reference";

/** What the services say when they say nothing. */
const NO_ADVICE = "None Provided";

/** Advice that can be run, by what it begins with; the rest are sentences. */
const COMMAND = /^(sudo |apk |apt |apt-get |dnf |yum |zypper |pip |npm |go |gem |cargo |mvn )/;

export function FindingPackages({ finding }: { finding: Finding }) {
  const { t } = useT();
  const packages = finding.packages ?? [];
  const { text, url } = finding.remediation;
  return (
    <>
      {packages.length === 0 ? (
        <p className="lab-subdued">{t("details-no-packages")}</p>
      ) : (
        <ul className="lab-packages">
          {packages.map((one) => (
            <PackageCard key={`${one.name} ${one.version} ${one.filePath ?? ""} ${one.layer ?? ""}`} one={one} advice={text ?? ""} />
          ))}
        </ul>
      )}
      <div className="lab-note-box" data-testid="remediation">
        <strong>{t("details-remediation")}</strong>
        {text && text !== NO_ADVICE ? <p lang="en">{text}</p> : <p>{t("details-no-remediation")}</p>}
        {finding.vulnerability.id === LOG4SHELL ? <p>{t("log4shell-later")}</p> : null}
        {url ? <Reference address={url} /> : null}
      </div>
    </>
  );
}

/** `advice`: what is said below of all packages, and not said twice. */
function PackageCard({ one, advice }: { one: Package; advice: string }) {
  const { t } = useT();
  const facts: [string, string | null | undefined][] = [
    [t("package-installed"), fullVersion(one)],
    [t("package-fixed"), one.fixedIn ?? (one.fixedInText == null ? null : t("package-not-fixed"))],
    [t(wordOf("packageManager")), one.manager],
    [t(wordOf("packageArch")), one.arch],
    [t(wordOf("filePath")), one.filePath],
  ];
  return (
    <li>
      <strong translate="no">{one.name}</strong>
      <dl className="lab-facts">
        {facts.map(([label, value]) =>
          value == null || value === "" ? null : (
            <div key={label}>
              <dt>{label}</dt>
              <dd translate="no">{value}</dd>
            </div>
          ),
        )}
        {one.layer == null ? null : (
          <div>
            <dt>{t(wordOf("layer"))}</dt>
            <dd>
              <code title={one.layer} translate="no">
                {shortDigest(one.layer)}
              </code>{" "}
              <CopyButton text={one.layer} label={t("copy-what", { what: t(wordOf("layer")) })} />
            </dd>
          </div>
        )}
      </dl>
      {!one.remediation || advice.includes(one.remediation) ? null : COMMAND.test(one.remediation) ? (
        <CodeBlock text={one.remediation} label={t("copy-remediation", { name: one.name })} />
      ) : (
        <p lang="en">{one.remediation}</p>
      )}
    </li>
  );
}

/** `epoch:version-release`, so far as there are any. */
function fullVersion({ epoch, version, release }: Package): string {
  const begun = epoch == null || epoch === 0 ? version : `${epoch}:${version}`;
  return release ? `${begun}-${release}` : begun;
}
