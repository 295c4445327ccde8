/** The filter of the findings as the design system's control has it. */
import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";

/** The value of Cloudscape's property filter. */
export type FilterQuery = PropertyFilterProps.Query;
export type FilterToken = PropertyFilterProps.Token;
export type FilterGroup = PropertyFilterProps.TokenGroup;

export const NO_FILTER: FilterQuery = { operation: "and", tokens: [], tokenGroups: [] };

/** The conditions of a filter: Cloudscape keeps them in one list or the other. */
export function conditionsOf(query: FilterQuery): readonly (FilterToken | FilterGroup)[] {
  return query.tokenGroups ?? query.tokens;
}

export function isGroup(condition: FilterToken | FilterGroup): condition is FilterGroup {
  return "tokens" in condition;
}

export function isEmpty(query: FilterQuery): boolean {
  return conditionsOf(query).length === 0;
}
