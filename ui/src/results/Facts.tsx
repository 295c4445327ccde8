/** Labels and values, side by side; what is not known is left out. */
import type { ReactNode } from "react";

export interface Fact {
  label: string;
  value: ReactNode;
  /** The value as the service spells it. */
  code?: string | null | undefined;
}

export function Facts({ facts }: { facts: readonly Fact[] }) {
  const known = facts.filter(({ value }) => value !== null && value !== undefined && value !== "");
  if (known.length === 0) return null;
  return (
    <dl className="lab-facts">
      {known.map(({ label, value, code }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {value} {code ? <code translate="no">{code}</code> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
