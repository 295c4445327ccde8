/** What is typed into the search of findings: words and conditions, and what each is understood as. */
import { conditionsOf, isGroup, type FilterGroup, type FilterQuery, type FilterToken } from "./filterQuery";
import { isProperty } from "./properties";
import type { Vocabulary } from "./vocabulary";

/** What a typed text asks for: all of it must hold. */
export interface Understood {
  conditions: readonly FilterToken[];
  /** The words that are searched for as they are. Quoted ones keep their quotes, so that they stay what they are. */
  text: string;
}

export const NOTHING: Understood = { conditions: [], text: "" };

/** Understands a text. A condition that is not complete yet asks for nothing. */
export function understand(typed: string, vocabulary: Vocabulary): Understood {
  const condition = vocabulary.conditionOf(typed);
  if (condition !== null) {
    const { property, operator, value } = condition;
    return value === null ? NOTHING : { conditions: [{ propertyKey: property, operator, value }], text: "" };
  }
  const words = typed.match(/"[^"]*"?|[^\s"]+/g) ?? [];
  const conditions: FilterToken[] = [];
  const rest: string[] = [];
  for (let at = 0; at < words.length; ) {
    const length = phraseLength(words, at, vocabulary);
    const meaning = length === 0 ? null : vocabulary.meaningOf(words.slice(at, at + length).join(" "));
    if (meaning === null) rest.push(words[at] ?? "");
    else conditions.push({ propertyKey: meaning.property, operator: "=", value: meaning.value });
    at += Math.max(1, length);
  }
  return { conditions, text: rest.join(" ") };
}

/** The number of words in the longest known phrase that begins there; 0: none. */
function phraseLength(words: readonly string[], at: number, vocabulary: Vocabulary): number {
  for (let length = Math.min(vocabulary.longest, words.length - at); length > 0; length--) {
    if (vocabulary.meaningOf(words.slice(at, at + length).join(" ")) !== null) return length;
  }
  return 0;
}

/** A text without the quotes that kept its words from being understood as something else. */
export function unquoted(text: string): string {
  return text.replaceAll('"', " ").trim().replaceAll(/\s+/g, " ");
}

/** A filter that was typed, with its words understood and its values as the shell knows them. */
export function understandFilter(query: FilterQuery, vocabulary: Vocabulary): FilterQuery {
  const conditions = conditionsOf(query).flatMap((condition) =>
    isGroup(condition) ? [{ ...condition, tokens: condition.tokens.map((token) => (isGroup(token) ? token : asOne(token, vocabulary))) }] : asMany(condition, query, vocabulary),
  );
  return { operation: query.operation, tokens: [], tokenGroups: conditions };
}

/** A condition of the filter as those that it means: several are joined by "and", in a group of their own among alternatives. */
function asMany(token: FilterToken, { operation }: FilterQuery, vocabulary: Vocabulary): (FilterToken | FilterGroup)[] {
  if (token.propertyKey !== undefined || token.operator !== ":") return [asOne(token, vocabulary)];
  const { conditions, text } = understand(valueOf(token), vocabulary);
  const tokens = text === "" ? [...conditions] : [...conditions, { ...token, value: text }];
  if (tokens.length === 0) return [token];
  return operation === "and" || tokens.length === 1 ? tokens : [{ operation: "and", tokens }];
}

/** The one condition that a condition means; itself if it means several. */
function asOne(token: FilterToken, vocabulary: Vocabulary): FilterToken {
  if (token.propertyKey !== undefined) {
    return isProperty(token.propertyKey) ? { ...token, value: vocabulary.parse(token.propertyKey, valueOf(token)) } : token;
  }
  const { conditions, text } = understand(valueOf(token), vocabulary);
  const [condition] = conditions;
  if (condition === undefined || conditions.length > 1 || text !== "") return token;
  if (token.operator === ":") return condition;
  return condition.operator === "=" ? { ...condition, operator: "!=" } : token;
}

function valueOf(token: FilterToken): string {
  return typeof token.value === "string" ? token.value : "";
}
