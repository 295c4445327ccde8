/** Picking parts of charts: each chart holds one condition of the filter at most, and takes it back. */
import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import type { Picked } from "../charts/ResultCharts";
import type { Point, Property } from "../ipc/client";
import { isGroup, NO_FILTER, type FilterQuery } from "./question";

type Part = PropertyFilterProps.Token | PropertyFilterProps.TokenGroup;

/** What the filter holds of a property, if it is what a chart would put there. */
export function valueOf(query: FilterQuery, property: Property): string | null {
  if (query.operation === "or" && partsOf(query).length > 1) return null;
  const found = partsOf(query).find((part) => !isGroup(part) && part.propertyKey === property && part.operator === "=");
  return found && !isGroup(found) ? String(found.value) : null;
}

/** The point that the filter holds, as `score epss`. */
export function pointOf(query: FilterQuery): string | null {
  for (const part of partsOf(query)) {
    const point = isGroup(part) ? readPoint(part) : null;
    if (point !== null) return point;
  }
  return null;
}

/** The filter with what was picked; without what the same chart had put there before. */
export function pick(query: FilterQuery, chart: Property | "point", picked: Picked | null): FilterQuery {
  const others = partsOf(query).filter((part) =>
    chart === "point" ? !(isGroup(part) && readPoint(part) !== null) : isGroup(part) || part.propertyKey !== chart || part.operator !== "=",
  );
  const joined: Part[] = query.operation === "or" && others.length > 1 ? gathered(others) : others;
  const added: Part[] = picked === null ? joined : [...joined, partOf(picked)];
  return added.length === 0 ? NO_FILTER : { operation: picked === null ? query.operation : "and", tokens: [], tokenGroups: added };
}

function partsOf(query: FilterQuery): readonly Part[] {
  return query.tokenGroups ?? query.tokens;
}

/** One of several must hold still: they become a group. Groups lie one deep at most. */
function gathered(parts: readonly Part[]): Part[] {
  const tokens = parts.flatMap((part) => (isGroup(part) ? part.tokens : [part]));
  return [{ operation: "or", tokens }];
}

function partOf(picked: Picked): Part {
  if ("point" in picked) return groupOf(picked.point);
  return { propertyKey: picked.property, operator: "=", value: picked.value };
}

/** A point stands for all that lies nearest to it: a tenth of score by a hundredth of chance. */
function groupOf({ score, epss }: Point): PropertyFilterProps.TokenGroup {
  return {
    operation: "and",
    tokens: [
      { propertyKey: "score", operator: ">=", value: plain(score - 0.05) },
      { propertyKey: "score", operator: "<", value: plain(score + 0.05) },
      { propertyKey: "epss", operator: ">=", value: plain(epss - 0.005) },
      { propertyKey: "epss", operator: "<", value: plain(epss + 0.005) },
    ],
  };
}

function readPoint(group: PropertyFilterProps.TokenGroup): string | null {
  const keys = group.tokens.map((token) => (isGroup(token) ? "" : `${token.propertyKey ?? ""}${token.operator}`)).join();
  const [from, , low] = group.tokens.map((token) => (isGroup(token) ? Number.NaN : Number(token.value)));
  if (keys !== POINT || from === undefined || low === undefined) return null;
  const score = Math.round((from + 0.05) * 10) / 10;
  const epss = Math.round((low + 0.005) * 100) / 100;
  return Number.isNaN(score) || Number.isNaN(epss) ? null : `${score} ${epss}`;
}

/** What a group that stands for a point looks like. */
const POINT = "score>=,score<,epss>=,epss<";

function plain(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
