/** The selections of charts as conditions of the filter: each chart adds one condition at most, and can remove it. */
import type { ChartCondition, ChartId } from "../charts/ResultCharts";
import type { Point, Property } from "../ipc/client";
import { conditionsOf, isGroup, NO_FILTER, type FilterGroup, type FilterQuery, type FilterToken } from "./filterQuery";

type Condition = FilterToken | FilterGroup;

/** The value of a property that the filter requires, if the condition is one that a chart adds. */
export function selectedValue(query: FilterQuery, property: Property): string | null {
  if (query.operation === "or" && conditionsOf(query).length > 1) return null;
  const condition = conditionsOf(query).find((one) => isEquality(one, property));
  return condition && !isGroup(condition) ? String(condition.value) : null;
}

/** The point that the filter requires, as `score epss`. */
export function selectedPoint(query: FilterQuery): string | null {
  for (const condition of conditionsOf(query)) {
    const point = isGroup(condition) ? parsePoint(condition) : null;
    if (point !== null) return point;
  }
  return null;
}

/** Whether the plane of score and probability adds the condition: for a point, or for the one vulnerability there. */
function isOfPoint(condition: Condition): boolean {
  return isEquality(condition, "vulnerabilityId") || (isGroup(condition) && parsePoint(condition) !== null);
}

/** The filter with the condition of a chart in place of the one that the chart added before. */
export function withSelection(query: FilterQuery, chart: ChartId, selected: ChartCondition | null): FilterQuery {
  const others = conditionsOf(query).filter((condition) =>
    chart === "point" ? !isOfPoint(condition) : !isEquality(condition, chart),
  );
  const joined: Condition[] = query.operation === "or" && others.length > 1 ? toGroup(others) : others;
  const conditions = selected === null ? joined : [...joined, toCondition(selected)];
  return conditions.length === 0 ? NO_FILTER : { operation: selected === null ? query.operation : "and", tokens: [], tokenGroups: conditions };
}

function isEquality(condition: Condition, property: Property): boolean {
  return !isGroup(condition) && condition.propertyKey === property && condition.operator === "=";
}

/** Alternatives become a group, so that they can be joined with another condition. Groups are one level deep at most. */
function toGroup(conditions: readonly Condition[]): Condition[] {
  const tokens = conditions.flatMap((condition) => (isGroup(condition) ? condition.tokens : [condition]));
  return [{ operation: "or", tokens }];
}

function toCondition(selected: ChartCondition): Condition {
  if ("point" in selected) return pointToGroup(selected.point);
  return { propertyKey: selected.property, operator: "=", value: selected.value };
}

/** A point covers everything nearest to it: a tenth of a score by a hundredth of probability. */
function pointToGroup({ score, epss }: Point): FilterGroup {
  return {
    operation: "and",
    tokens: [
      { propertyKey: "score", operator: ">=", value: formatBound(score - 0.05) },
      { propertyKey: "score", operator: "<", value: formatBound(score + 0.05) },
      { propertyKey: "epss", operator: ">=", value: formatBound(epss - 0.005) },
      { propertyKey: "epss", operator: "<", value: formatBound(epss + 0.005) },
    ],
  };
}

/** The properties and operators of a group that covers a point. */
const POINT_SHAPE = "score>=,score<,epss>=,epss<";

function parsePoint(group: FilterGroup): string | null {
  const shape = group.tokens.map((token) => (isGroup(token) ? "" : `${token.propertyKey ?? ""}${token.operator}`)).join();
  const [minScore, , minEpss] = group.tokens.map((token) => (isGroup(token) ? Number.NaN : Number(token.value)));
  if (shape !== POINT_SHAPE || minScore === undefined || minEpss === undefined) return null;
  const score = Math.round((minScore + 0.05) * 10) / 10;
  const epss = Math.round((minEpss + 0.005) * 100) / 100;
  return Number.isNaN(score) || Number.isNaN(epss) ? null : `${score} ${epss}`;
}

function formatBound(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
