/** The state of the findings table, and its translation into the query that the shell runs. */
import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import type { Filter, Operator, Property, Query, Scope, Token, View } from "../ipc/client";
import { isProperty } from "./properties";

/** The value of Cloudscape's property filter. */
export type FilterQuery = PropertyFilterProps.Query;
export type FilterToken = PropertyFilterProps.Token;
export type FilterGroup = PropertyFilterProps.TokenGroup;

export const NO_FILTER: FilterQuery = { operation: "and", tokens: [], tokenGroups: [] };

/** What the table shows, apart from the scope. */
export interface TableQuery {
  text: string;
  filter: FilterQuery;
  view: View;
  by: Property;
  descending: boolean;
  /** From 0. */
  page: number;
}

export const INITIAL_QUERY: TableQuery = { text: "", filter: NO_FILTER, view: "unique", by: "severity", descending: true, page: 0 };

/** Sorts equal rows by risk, so that their order is always the same. */
const TIE_BREAKERS: NonNullable<Query["sort"]> = [
  { by: "score", descending: true },
  { by: "epss", descending: true },
  { by: "vulnerabilityId", descending: true },
];

export function toQuery(scope: Scope, tableQuery: TableQuery, pageSize: number): Query {
  const { text, filter, view, by, descending, page } = tableQuery;
  const sort = [{ by, descending }, ...TIE_BREAKERS.filter((other) => other.by !== by)];
  return { scope, filter: toFilter(filter), text, view, sort, page, pageSize };
}

/** Everything in a scan, unfiltered. */
export function unfiltered(scope: Scope): Query {
  return { scope, filter: { join: "and", tokens: [], groups: [] }, text: "", view: "unique", sort: [], page: 0, pageSize: 1 };
}

export function toFilter(query: FilterQuery): Filter {
  return groupToFilter({ operation: query.operation, tokens: conditionsOf(query) });
}

function groupToFilter(group: { operation: PropertyFilterProps.JoinOperation; tokens: readonly (FilterToken | FilterGroup)[] }): Filter {
  const tokens: Token[] = [];
  const groups: Filter[] = [];
  for (const condition of group.tokens) {
    if (isGroup(condition)) groups.push(groupToFilter(condition));
    else tokens.push(toToken(condition));
  }
  return { join: group.operation, tokens, groups };
}

function toToken(token: FilterToken): Token {
  const property = token.propertyKey !== undefined && isProperty(token.propertyKey) ? token.propertyKey : null;
  return { property, operator: token.operator as Operator, value: String(token.value ?? "") };
}

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

/** Whether the query leaves any finding out. */
export function isFiltered({ text, filter }: TableQuery): boolean {
  return text.trim() !== "" || !isEmpty(filter);
}
