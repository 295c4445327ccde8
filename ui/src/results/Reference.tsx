/** A reference: a link if its host may be opened, else its address to copy. */
import { CopyButton } from "../components/CopyButton";
import { ExternalLink } from "../components/ExternalLink";
import { useT } from "../i18n/context";
import { canOpen } from "./links";

export function Reference({ address }: { address: string }) {
  const { t } = useT();
  if (canOpen(address)) return <ExternalLink href={address}>{address}</ExternalLink>;
  return (
    <span>
      <span translate="no">{address}</span> <CopyButton text={address} label={t("copy-address", { address })} />
    </span>
  );
}
