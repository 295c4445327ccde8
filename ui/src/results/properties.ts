/** The properties that findings can be filtered and sorted by, and how their values are written. */
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

/** The id of a property's text. */
export function propertyTextId(property: Property): string {
  return `property-${property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

const ORDER = ["=", "!=", "<", "<=", ">", ">="] as const;
const TEXT = [":", "!:", "=", "!=", "^", "!^", "<", "<=", ">", ">="] as const;

/** The id of the text of a value; null for values that are shown as they are. */
export function valueTextId(property: Property, value: string): string | null {
  switch (property) {
    case "severity":
      return SEVERITIES.some((severity) => severity === value) ? `severity-${value.toLowerCase()}` : null;
    case "fixAvailable":
    case "exploitAvailable":
      if (value === "") return "value-not-said";
      return value === "PARTIAL" ? "fix-partial" : yesNoTextId(value);
    case "kev":
      return yesNoTextId(value);
    default:
      return value === "" ? "value-missing" : null;
  }
}

function yesNoTextId(value: string): string | null {
  return value === "YES" ? "yes" : value === "NO" ? "no" : null;
}

export function formatValue(property: Property, value: string, { t, date, percent }: Say): string {
  const textId = valueTextId(property, value);
  if (textId !== null) return t(textId);
  if (property === "epss" && value.trim() !== "" && !Number.isNaN(Number(value))) return percent(Number(value), 2);
  return KINDS[property] === "time" && value.includes("T") ? date(value) : value;
}

/** A typed value as the shell knows it: translated values and percentages are converted back. */
export function parseValue(property: Property, typed: string, { t }: Say): string {
  // A probability is typed as it is shown.
  const percent = property === "epss" ? /^\s*([\d.]+)\s*%\s*$/.exec(typed)?.[1] : undefined;
  if (percent !== undefined) return String(Number(percent) / 100);
  const values = property === "severity" ? SEVERITIES : ["YES", "NO", "PARTIAL"];
  const parsed = values.find((value) => {
    const textId = valueTextId(property, value);
    return textId !== null && (t(textId).toLowerCase() === typed.toLowerCase() || value === typed.toUpperCase());
  });
  return parsed ?? typed;
}

/** The properties of the filter control, with their operators. */
export function filteringProperties(say: Say): PropertyFilterProps.FilteringProperty[] {
  const properties: PropertyFilterProps.FilteringProperty[] = [];
  for (const [property, kind] of Object.entries(KINDS) as [Property, Kind][]) {
    if (kind === "count") continue;
    const operators = kind === "text" || kind === "severity" ? TEXT : ORDER;
    properties.push({
      key: property,
      propertyLabel: say.t(propertyTextId(property)),
      groupValuesLabel: say.t("filter-values", { property: say.t(propertyTextId(property)) }),
      defaultOperator: "=",
      operators: operators.map((operator) => ({ operator, format: (value: unknown) => formatValue(property, typeof value === "string" ? value : "", say) })),
    });
  }
  return properties;
}

/** The probability of exploitation; small ones keep more digits, so that they do not read as zero. */
export function formatEpss(epss: number, { percent }: Pick<Say, "percent">): string {
  return percent(epss, epss < 0.01 ? 2 : 1);
}
