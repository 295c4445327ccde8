/** The properties that findings can be filtered and sorted by, and how their values are written. */
import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import { SEVERITIES } from "../components/SeverityBadge";
import type { Translator } from "../i18n/context";
import { PROPERTIES, type Property } from "../ipc/client";

type PropertyInfo = (typeof PROPERTIES)[number];

const INFO: ReadonlyMap<string, PropertyInfo> = new Map(PROPERTIES.map((info) => [info.property, info]));

export function isProperty(key: string): key is Property {
  return INFO.has(key);
}

/** The values of the properties whose values are words. */
export const VALUES = {
  severity: SEVERITIES,
  fixAvailable: ["YES", "PARTIAL", "NO", ""],
  exploitAvailable: ["YES", "NO", ""],
  kev: ["YES", "NO"],
} as const satisfies Partial<Record<Property, readonly string[]>>;

/** The id of a property's text. */
export function propertyTextId(property: Property): string {
  return `property-${property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

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

export function formatValue(property: Property, value: string, { t, date }: Translator): string {
  const textId = valueTextId(property, value);
  if (textId !== null) return t(textId);
  // A condition is shown exactly: a rounded one would match other findings than it reads.
  if (property === "epss" && value.trim() !== "" && !Number.isNaN(Number(value))) return `${String(Number((Number(value) * 100).toFixed(6)))}%`;
  return INFO.get(property)?.kind === "time" && value.includes("T") ? date(value) : value;
}

/** A condition as it is shown: `Severity = High`. */
export function formatCondition({ propertyKey, operator, value }: PropertyFilterProps.Token, translator: Translator): string {
  const written = typeof value === "string" ? value : "";
  if (propertyKey === undefined || !isProperty(propertyKey)) return written;
  return `${translator.t(propertyTextId(propertyKey))} ${operator.replace("!=", "≠")} ${formatValue(propertyKey, written, translator)}`;
}

/** The properties of the filter control, with their operators. */
export function filteringProperties(translator: Translator): PropertyFilterProps.FilteringProperty[] {
  return PROPERTIES.filter(({ operators }) => operators.length > 0).map(({ property, operators }) => ({
    key: property,
    propertyLabel: translator.t(propertyTextId(property)),
    groupValuesLabel: translator.t("filter-values", { property: translator.t(propertyTextId(property)) }),
    defaultOperator: "=",
    operators: operators.map((operator) => ({ operator, format: (value: unknown) => formatValue(property, typeof value === "string" ? value : "", translator) })),
  }));
}
