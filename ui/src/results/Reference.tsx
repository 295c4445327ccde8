/** Further reading: a link where it may be opened from here, else the address to copy. */
import { CopyButton } from "../components/CopyButton";
import { ExternalLink } from "../components/ExternalLink";
import { useT } from "../i18n/context";
import { canOpen } from "./links";

export function Reference({ address }: { address: string }) {
  const { t } = useT();
  if (canOpen(address)) return <ExternalLink href={address}>{address}</ExternalLink>;
  return (
    <span className="lab-reference">
      <span translate="no">{address}</span> <CopyButton text={address} label={t("copy-address", { address })} />
    </span>
  );
}
