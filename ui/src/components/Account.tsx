/** An account's digits; all but the last four are hidden where others look on. */
import { useT } from "../i18n/context";
import { useLab } from "../app/state";

export function Account({ id }: { id: string }) {
  const { t } = useT();
  const { maskAccount } = useLab().preferences;
  if (!maskAccount) return <span translate="no">{id}</span>;
  const end = id.slice(-4);
  return (
    <span translate="no">
      <span aria-hidden="true">{`${"•".repeat(Math.max(0, id.length - 4))}${end}`}</span>
      <span className="lab-hidden">{t("account-masked", { end })}</span>
    </span>
  );
}

/** The same for a text that an account stands in, such as an ARN or an address. */
export function useMasked(): (text: string) => string {
  const { run, preferences } = useLab();
  const account = run?.account;
  return (text) => {
    if (!preferences.maskAccount) return text;
    const known = account ? text.replaceAll(account, masked(account)) : text;
    return known.replace(/\b\d{12}\b/g, masked);
  };
}

function masked(account: string): string {
  return `••••••••${account.slice(-4)}`;
}
