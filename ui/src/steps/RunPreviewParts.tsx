/** Parts of the consent page beside the changes: the account, what is scanned and billed, and what can be undone. */
import Box from "@cloudscape-design/components/box";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import { Account } from "../components/Account";
import { ExternalLink } from "../components/ExternalLink";
import { WrappableText } from "../components/WrappableText";
import { useT } from "../i18n/context";
import { useMasked } from "../i18n/mask";
import type { Message, RunPreview, ScanningCost, StepId } from "../ipc/client";

export function AccountFacts({ preview, step }: { preview: RunPreview; step: StepId }) {
  const { t } = useT();
  const masked = useMasked();
  const { alias, endpoint } = preview;
  return (
    <div data-testid="agree-account">
      <KeyValuePairs
        columns={3}
        items={[
          { label: t("account"), value: <Account id={preview.account} /> },
          {
            label: t("consent-alias"),
            value: alias.kind === "named" ? alias.name : t(alias.kind === "unnamed" ? "consent-alias-none" : "consent-alias-not-read"),
          },
          { label: t("consent-principal"), value: <WrappableText text={masked(preview.principal)} /> },
          { label: t("region"), value: preview.region },
          {
            label: t("consent-endpoint"),
            value: endpoint === null ? t("consent-endpoint-aws") : <WrappableText text={t("consent-endpoint-other", { endpoint })} />,
          },
          { label: t("agree-step"), value: t(`step-${step}-title`) },
        ]}
      />
    </div>
  );
}

export function ScannedRepositories({ scanning }: { scanning: ScanningCost }) {
  const { t, message } = useT();
  const { others, estimate, pricingPage } = scanning;
  return (
    <section data-testid="agree-scanned">
      <Box variant="h3">{t("consent-scanned")}</Box>
      {others === null || others.length === 0 ? (
        <p>{t(others === null ? "consent-scanned-unknown" : "consent-scanned-none")}</p>
      ) : (
        <ul>
          {others.map(({ name, images }) => (
            <li key={name}>
              <WrappableText text={name} />: {images === null ? t("consent-scanned-images-unknown") : t("consent-scanned-images", { images })}
            </li>
          ))}
        </ul>
      )}
      <Box variant="h3">{t("consent-estimate")}</Box>
      <p>
        {message(estimate)} <ExternalLink href={pricingPage}>{t("consent-pricing-page")}</ExternalLink>
      </p>
    </section>
  );
}

export function Consequences({ preview }: { preview: RunPreview }) {
  return (
    <>
      <Messages id="consent-undone" messages={preview.undone} />
      <Messages id="consent-lasting" messages={preview.lasting} />
    </>
  );
}

function Messages({ id, messages }: { id: string; messages: readonly Message[] }) {
  const { t, message } = useT();
  if (messages.length === 0) return null;
  return (
    <section data-testid={id}>
      <Box variant="h3">{t(id)}</Box>
      <ul>
        {messages.map((one) => (
          <li key={one.id}>{message(one)}</li>
        ))}
      </ul>
    </section>
  );
}
