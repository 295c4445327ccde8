/** The words that the findings are shown with, in every language, and what of a finding each means. */
import type { Localizer } from "../i18n/localizer";
import { PROPERTIES, type Operator, type Property } from "../ipc/client";
import { END_OF_LIFE } from "./endOfLife";
import { LOG4SHELL } from "./log4shell";
import { isProperty, propertyTextId, valueTextId, VALUES } from "./properties";

/** A value of a property: what a word means. */
export interface Meaning {
  property: Property;
  value: string;
}

/** A condition that was typed as a whole: `Severity >= High`. */
export interface TypedCondition {
  property: Property;
  operator: Operator;
  /** Null: it is not complete, or no value of this property. */
  value: string | null;
}

/** The ids of texts that mean a value by themselves, without the name of their property. */
const PHRASES: readonly (readonly [textId: string, property: Property, value: string])[] = [
  ...VALUES.severity.map((value) => [`severity-${value.toLowerCase()}`, "severity", value] as const),
  ["kev", "kev", "YES"],
  ["kev-long", "kev", "YES"],
  ["details-exploit-public", "exploitAvailable", "YES"],
  ["details-fix-there", "fixAvailable", "YES"],
  ["fix-yes", "fixAvailable", "YES"],
  ["fix-no", "fixAvailable", "NO"],
  ["fix-partial", "fixAvailable", "PARTIAL"],
  ["log4shell", "vulnerabilityId", LOG4SHELL],
  ["end-of-life-short", "vulnerabilityId", END_OF_LIFE],
];

/** Understands words in the languages of some localizers, whatever the language of the window is. */
export class Vocabulary {
  readonly #phrases = new Map<string, Meaning>();
  /** For each property, its values by how they are written. */
  readonly #values = new Map<Property, Map<string, string>>();
  /** The names of properties, the longest first, so that a name that another begins with does not hide it. */
  readonly #names: (readonly [name: string, property: Property])[];
  /** The number of words in the longest phrase. */
  readonly longest: number;

  constructor(localizers: readonly Localizer[]) {
    for (const [textId, property, value] of PHRASES) {
      for (const phrase of wordsOf(localizers, textId)) {
        this.#phrases.set(phrase, { property, value });
        this.#valuesOf(property).set(phrase, value);
      }
    }
    for (const [property, values] of Object.entries(VALUES)) {
      if (!isProperty(property)) continue;
      for (const value of values) {
        const words = this.#valuesOf(property);
        words.set(folded(value), value);
        const textId = valueTextId(property, value);
        if (textId !== null) for (const word of wordsOf(localizers, textId)) words.set(word, value);
      }
    }
    const filtered = PROPERTIES.filter(({ operators }) => operators.length > 0);
    this.#names = localizers
      .flatMap((localizer) => filtered.map(({ property }) => [folded(localizer.text(propertyTextId(property))), property] as const))
      .sort(([a], [b]) => b.length - a.length);
    this.longest = Math.max(1, ...[...this.#phrases.keys()].map((phrase) => phrase.split(" ").length));
  }

  /** What the phrase means by itself; null if it is only a text to search for. */
  meaningOf(phrase: string): Meaning | null {
    return this.#phrases.get(folded(phrase)) ?? null;
  }

  /** A value as the shell knows it, from how it is written; null for values that are written as they are. */
  valueOf(property: Property, written: string): string | null {
    return this.#values.get(property)?.get(folded(written)) ?? null;
  }

  /** All words for a value. */
  wordsFor(property: Property, value: string): string[] {
    return [...(this.#values.get(property) ?? [])].filter(([, of]) => of === value).map(([word]) => word);
  }

  /** A condition, if the text begins with the name of a property and an operator. */
  conditionOf(typed: string): TypedCondition | null {
    const text = folded(typed);
    for (const [name, property] of this.#names) {
      const operator = text.startsWith(name) ? /^[=!<>:^]+/.exec(text.slice(name.length).trimStart())?.[0] : undefined;
      if (operator === undefined) continue;
      // The value as it was typed: folding may change its length, so that it is cut after the operator.
      const value = typed.slice(typed.indexOf(operator) + operator.length).trim();
      return { property, operator: operator as Operator, value: this.#valid(property, operator, value) };
    }
    return null;
  }

  /** The value as the shell knows it; null if a condition with it would be refused. */
  #valid(property: Property, operator: string, written: string): string | null {
    const info = PROPERTIES.find((one) => one.property === property);
    if (written === "" || !info?.operators.some((one) => one === operator)) return null;
    const value = this.parse(property, written);
    switch (info.kind) {
      case "choice":
      case "severity":
        return this.valueOf(property, written);
      case "number":
        return Number.isFinite(Number(value)) ? value : null;
      case "time":
        return /^\d{4}-\d{2}-\d{2}(T.*)?$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : null;
      default:
        return value;
    }
  }

  /** A typed value as the shell knows it: words and percentages are converted back. */
  parse(property: Property, written: string): string {
    // A probability is typed as it is shown.
    const percent = property === "epss" ? /^\s*([\d.]+)\s*%\s*$/.exec(written)?.[1] : undefined;
    if (percent !== undefined) return String(Number(percent) / 100);
    return this.valueOf(property, written) ?? written;
  }

  #valuesOf(property: Property): Map<string, string> {
    const values = this.#values.get(property) ?? new Map<string, string>();
    this.#values.set(property, values);
    return values;
  }
}

/** A text as words are compared: in lower case, its syllables composed, with single spaces. */
function folded(text: string): string {
  return text.normalize("NFC").toLowerCase().trim().replaceAll(/\s+/g, " ");
}

/** A text in every language, with its aliases: those of `severity-high` are in `words-severity-high`, separated by commas. */
function wordsOf(localizers: readonly Localizer[], textId: string): string[] {
  return localizers.flatMap((localizer) => {
    const aliases = localizer.has(`words-${textId}`) ? localizer.text(`words-${textId}`).split(",") : [];
    return [localizer.text(textId), ...aliases].map(folded).filter((word) => word !== "");
  });
}
