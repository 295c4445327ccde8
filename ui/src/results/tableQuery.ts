/** The state of the findings table, and its translation into the query that the shell runs. */
import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import type { Filter, Operator, Property, Query, Scope, Token, View } from "../ipc/client";
import { conditionsOf, isEmpty, isGroup, NO_FILTER, type FilterGroup, type FilterQuery, type FilterToken } from "./filterQuery";
import { isProperty } from "./properties";
import { NOTHING, unquoted, type Understood } from "./searchText";

/** What the table shows, apart from the scope. */
export interface TableQuery {
  /** What is typed and not yet a condition of the filter. */
  typed: string;
  /** What that asks for, in addition to the filter. */
  search: Understood;
  filter: FilterQuery;
  view: View;
  by: Property;
  descending: boolean;
  /** From 0. */
  page: number;
}

export const INITIAL_QUERY: TableQuery = { typed: "", search: NOTHING, filter: NO_FILTER, view: "unique", by: "severity", descending: true, page: 0 };

/** Sorts equal rows by risk, so that their order is always the same. */
const TIE_BREAKERS: NonNullable<Query["sort"]> = [
  { by: "score", descending: true },
  { by: "epss", descending: true },
  { by: "vulnerabilityId", descending: true },
];

export function toQuery(scope: Scope, tableQuery: TableQuery, pageSize: number): Query {
  const { search, filter, view, by, descending, page } = tableQuery;
  const sort = [{ by, descending }, ...TIE_BREAKERS.filter((other) => other.by !== by)];
  return { scope, filter: withSearch(filter, search), text: unquoted(search.text), view, sort, page, pageSize };
}

/** Everything in a scan, unfiltered. */
export function unfiltered(scope: Scope): Query {
  return { scope, filter: { join: "and", tokens: [], groups: [] }, text: "", view: "unique", sort: [], page: 0, pageSize: 1 };
}

/** The filter and the conditions that are typed: both must hold. */
function withSearch(filter: FilterQuery, { conditions }: Understood): Filter {
  return conditions.length === 0 ? toFilter(filter) : { join: "and", tokens: conditions.map(toToken), groups: isEmpty(filter) ? [] : [toFilter(filter)] };
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
  const value = String(token.value ?? "");
  return { property, operator: token.operator as Operator, value: property === null ? unquoted(value) : value };
}

/** Whether the query leaves any finding out. */
export function isFiltered({ search, filter }: TableQuery): boolean {
  return search.text !== "" || search.conditions.length > 0 || !isEmpty(filter);
}
