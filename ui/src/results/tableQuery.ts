/** What is asked of the findings, between Cloudscape's property filter and Rust's query. */
import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import type { Filter, Operator, Property, Query, Scope, Token, View } from "../ipc/client";
import { isProperty } from "./properties";

export type FilterQuery = PropertyFilterProps.Query;
type Group = PropertyFilterProps.TokenGroup;
type Leaf = PropertyFilterProps.Token;

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

export const FIRST: TableQuery = { text: "", filter: NO_FILTER, view: "instances", by: "severity", descending: true, page: 0 };

export function queryOf(scope: Scope, tableQuery: TableQuery, pageSize: number): Query {
  const { text, filter, view, by, descending, page } = tableQuery;
  // Of equals the riskiest first, and always in the same order.
  const then: Query["sort"] = [
    { by: "score", descending: true },
    { by: "epss", descending: true },
    { by: "vulnerabilityId", descending: true },
  ];
  const sort = [{ by, descending }, ...then.filter((other) => other.by !== by)];
  return { scope, filter: filterOf(filter), text, view, sort, page, pageSize };
}

/** Everything in a scan, unfiltered. */
export function all(scope: Scope): Query {
  return { scope, filter: { join: "and", tokens: [], groups: [] }, text: "", view: "unique", sort: [], page: 0, pageSize: 1 };
}

export function filterOf(query: FilterQuery): Filter {
  return groupOf({ operation: query.operation, tokens: query.tokenGroups ?? query.tokens });
}

function groupOf(group: { operation: PropertyFilterProps.JoinOperation; tokens: readonly (Leaf | Group)[] }): Filter {
  const tokens: Token[] = [];
  const groups: Filter[] = [];
  for (const part of group.tokens) {
    if (isGroup(part)) groups.push(groupOf(part));
    else tokens.push(tokenOf(part));
  }
  return { join: group.operation, tokens, groups };
}

function tokenOf(token: Leaf): Token {
  const property = token.propertyKey !== undefined && isProperty(token.propertyKey) ? token.propertyKey : null;
  return { property, operator: token.operator as Operator, value: String(token.value ?? "") };
}

export function isGroup(part: Leaf | Group): part is Group {
  return "tokens" in part;
}

export function isEmpty(query: FilterQuery): boolean {
  return (query.tokenGroups ?? query.tokens).length === 0;
}

/** Whether anything is left out. */
export function isFiltered({ text, filter }: TableQuery): boolean {
  return text.trim() !== "" || !isEmpty(filter);
}
