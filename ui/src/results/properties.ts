/** What findings can be filtered and sorted by: the same list as Rust's. */
import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import { SEVERITIES } from "../components/SeverityBadge";
import type { Say } from "../i18n/context";
import type { Property } from "../ipc/client";

/** What sort of values a property has: it decides the operators. */
export type Kind = "text" | "severity" | "number" | "time" | "count";

/** In the order in which they are offered. */
const KINDS: Record<Property, Kind> = {
  severity: "severity",
  vulnerabilityId: "text",
  title: "text",
  package: "text",
  packageVersion: "text",
  fixedIn: "text",
  fixAvailable: "text",
  exploitAvailable: "text",
  kev: "text",
  score: "number",
  epss: "number",
  riskScore: "number",
  vendorSeverity: "text",
  vulnerabilitySource: "text",
  cwe: "text",
  relatedId: "text",
  packageManager: "text",
  packageArch: "text",
  filePath: "text",
  layer: "text",
  repository: "text",
  digest: "text",
  tag: "text",
  architecture: "text",
  platform: "text",
  status: "text",
  type: "text",
  seenBy: "text",
  account: "text",
  region: "text",
  firstObservedAt: "time",
  lastObservedAt: "time",
  updatedAt: "time",
  vendorCreatedAt: "time",
  vendorUpdatedAt: "time",
  instanceCount: "count",
  findingCount: "count",
};

export function isProperty(key: string): key is Property {
  return Object.hasOwn(KINDS, key);
}

/** The id of a property's words. */
export function wordOf(property: Property): string {
  return `property-${property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

const ORDER = ["=", "!=", "<", "<=", ">", ">="] as const;
const TEXT = [":", "!:", "=", "!=", "^", "!^", "<", "<=", ">", ">="] as const;

/** Values that have words of their own. */
export function wordOfValue(property: Property, value: string): string | null {
  switch (property) {
    case "severity":
      return SEVERITIES.some((known) => known === value) ? `severity-${value.toLowerCase()}` : null;
    case "fixAvailable":
    case "exploitAvailable":
      if (value === "") return "value-not-said";
      return value === "PARTIAL" ? "fix-partial" : yesOrNo(value);
    case "kev":
      return yesOrNo(value);
    default:
      return value === "" ? "value-missing" : null;
  }
}

function yesOrNo(value: string): string | null {
  return value === "YES" ? "yes" : value === "NO" ? "no" : null;
}

export function sayValue(property: Property, value: string, { t, date, percent }: Say): string {
  const word = wordOfValue(property, value);
  if (word !== null) return t(word);
  if (property === "epss" && value.trim() !== "" && !Number.isNaN(Number(value))) return percent(Number(value), 2);
  return KINDS[property] === "time" && value.includes("T") ? date(value) : value;
}

/** What was typed of a value that has words of its own, as Rust knows it. */
export function unsay(property: Property, typed: string, { t }: Say): string {
  // A chance is typed as it is shown.
  const percent = property === "epss" ? /^\s*([\d.]+)\s*%\s*$/.exec(typed)?.[1] : undefined;
  if (percent !== undefined) return String(Number(percent) / 100);
  const values = property === "severity" ? SEVERITIES : ["YES", "NO", "PARTIAL"];
  const known = values.find((value) => {
    const word = wordOfValue(property, value);
    return word !== null && (t(word).toLowerCase() === typed.toLowerCase() || value === typed.toUpperCase());
  });
  return known ?? typed;
}

/** The properties that the filter offers, with their operators. */
export function filteringProperties(say: Say): PropertyFilterProps.FilteringProperty[] {
  const found: PropertyFilterProps.FilteringProperty[] = [];
  for (const [property, kind] of Object.entries(KINDS) as [Property, Kind][]) {
    if (kind === "count") continue;
    const operators = kind === "text" || kind === "severity" ? TEXT : ORDER;
    found.push({
      key: property,
      propertyLabel: say.t(wordOf(property)),
      groupValuesLabel: say.t("filter-values", { property: say.t(wordOf(property)) }),
      defaultOperator: "=",
      operators: operators.map((operator) => ({ operator, format: (value: unknown) => sayValue(property, typeof value === "string" ? value : "", say) })),
    });
  }
  return found;
}

/** The chance of exploitation as it is shown: what is small is told apart from nothing. */
export function sayChance(epss: number, { percent }: Pick<Say, "percent">): string {
  return percent(epss, epss < 0.01 ? 2 : 1);
}
