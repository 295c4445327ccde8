/** Labels and values side by side; empty values are left out. */
import type { ReactNode } from "react";
import shared from "./shared.module.css";

export interface Fact {
  label: string;
  value: ReactNode;
}

export function Facts({ facts }: { facts: readonly Fact[] }) {
  const present = facts.filter(({ value }) => value !== null && value !== undefined && value !== "");
  if (present.length === 0) return null;
  return (
    <dl className={shared.facts}>
      {present.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
