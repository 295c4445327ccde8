import { expect, test } from "vitest";
import type { Event, Layer, LayerState } from "../ipc/client";
import cases from "../../../tests/fixtures/events.json";
import { coalesceEvents, loadedOf, notesOf, scansOf, transfersOf } from "./events";

function layer(id: string, current: number, state: LayerState = "moving"): Event {
  const content: Layer = { id, state, current, total: 100 };
  return { kind: "layer", layer: content };
}

const pull: Event = { kind: "transferStarted", direction: "pull", reference: "neo4j:4.4.1" };
const push: Event = { kind: "transferStarted", direction: "push", reference: "prod:4.4.1" };

// The tests of the shell's jobs run the same cases.
test.each(cases)("$name", ({ events, replay }) => {
  const list = events as Event[];
  expect(coalesceEvents([], list)).toEqual(replay);
  // Events that arrive one by one give the same result.
  expect(list.reduce<readonly Event[]>((before, event) => coalesceEvents(before, [event]), [])).toEqual(replay);
});

test("coalescing leaves the list before it unchanged", () => {
  const before = [layer("a", 1)];
  coalesceEvents(before, [layer("a", 2)]);
  expect(before).toEqual([layer("a", 1)]);
});

test("layers and the digest belong to the transfer that started last", () => {
  const events: Event[] = [pull, layer("a", 100), { kind: "transferDone", direction: "pull", reference: "neo4j:4.4.1", digest: "sha256:1" }, push, layer("b", 5)];
  expect(transfersOf(events)).toEqual([
    { direction: "pull", reference: "neo4j:4.4.1", layers: [{ id: "a", state: "moving", current: 100, total: 100 }], digest: "sha256:1", done: true },
    { direction: "push", reference: "prod:4.4.1", layers: [{ id: "b", state: "moving", current: 5, total: 100 }], digest: null, done: false },
  ]);
});

test("a layer without a transfer is not shown", () => {
  expect(transfersOf([layer("a", 1)])).toEqual([]);
});

test("each repository has its newest scan", () => {
  const scan = (repository: string, ecr: number): Event => ({
    kind: "scan",
    scan: { repository, elapsed: 1, phase: "arriving", status: "ACTIVE", coverage: null, ecr, inspector: 0, finalIn: null },
  });
  expect(scansOf([scan("prod", 1), scan("sandbox", 2), push, scan("prod", 3)]).map(({ repository, ecr }) => [repository, ecr])).toEqual([
    ["prod", 3],
    ["sandbox", 2],
  ]);
});

test("notes keep their order; the newest count of findings is reported, if there is one", () => {
  const events: Event[] = [
    { kind: "note", message: { id: "first" } },
    { kind: "loading", loaded: 0 },
    { kind: "note", message: { id: "second" } },
    { kind: "loading", loaded: 40 },
  ];
  expect(notesOf(events).map(({ id }) => id)).toEqual(["first", "second"]);
  expect(loadedOf(events)).toBe(40);
  expect(loadedOf([])).toBeNull();
});
