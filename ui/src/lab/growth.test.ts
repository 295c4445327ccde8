import { expect, test } from "vitest";
import type { Event } from "../ipc/client";
import { addGrowth, NO_GROWTH } from "./growth";

function scan(elapsed: number, ecr: number, repository = "prod"): Event {
  return { kind: "scan", scan: { repository, elapsed, phase: "arriving", status: "ACTIVE", coverage: null, ecr, inspector: ecr + 1, finalIn: null } };
}

const note: Event = { kind: "note", message: { id: "a" } };

test("the counts of each repository are kept in order, and nothing is added", () => {
  const growth = addGrowth(addGrowth(NO_GROWTH, [scan(1, 0), note, scan(2, 5)]), [scan(3, 9), scan(3, 9), scan(1, 2, "sandbox")]);
  expect(growth.get("prod")?.map(({ at, ecr }) => [at, ecr])).toEqual([[1, 0], [2, 5], [3, 9]]);
  expect(growth.get("prod")?.at(-1)?.inspector).toBe(10);
  expect(growth.get("sandbox")?.map(({ at, ecr }) => [at, ecr])).toEqual([[1, 2]]);
});

test("a new scan of the same repository starts from the beginning", () => {
  const growth = addGrowth(addGrowth(NO_GROWTH, [scan(8, 5)]), [scan(1, 0)]);
  expect(growth.get("prod")?.map(({ at }) => at)).toEqual([1]);
});

test("events of other kinds change nothing", () => {
  expect(addGrowth(NO_GROWTH, [note])).toBe(NO_GROWTH);
});
