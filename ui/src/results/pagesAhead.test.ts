import { expect, test, vi } from "vitest";
import type { Page, Query } from "../ipc/client";
import { PagesAhead } from "./pagesAhead";
import { INITIAL_QUERY, toQuery } from "./tableQuery";

const query = (page: number): Query => toQuery({ scan: 1 }, { ...INITIAL_QUERY, page }, 20);
const result = (page: number): Page => ({ rows: [], total: 50, matched: { findings: 50, instances: 50, unique: 50 }, page, pageSize: 20 });

function reader() {
  const read = vi.fn((query: Query) => Promise.resolve(result(query.page ?? 0)));
  return { read, pages: new PagesAhead(read) };
}

test("the next page is read once, before it is requested", async () => {
  const { read, pages } = reader();
  pages.readAfter(query(0), "a", result(0));
  expect(read.mock.calls.map(([query]) => query.page)).toEqual([1]);
  expect(await pages.page(query(1), "a")).toEqual(result(1));
  expect(read).toHaveBeenCalledTimes(1);
});

test("another query is read again, and what was read ahead is forgotten", async () => {
  const { read, pages } = reader();
  pages.readAfter(query(0), "a", result(0));
  const other = { ...query(1), text: "log4j" };
  await pages.page(other, "a");
  await pages.page(query(1), "a");
  expect(read.mock.calls.map(([query]) => [query.page, query.text])).toEqual([[1, ""], [1, "log4j"], [1, ""]]);
});

test("a repeated scan is read again", async () => {
  const { read, pages } = reader();
  pages.readAfter(query(0), "a", result(0));
  await pages.page(query(1), "b");
  expect(read).toHaveBeenCalledTimes(2);
});

test("nothing is read after the last page", () => {
  const { read, pages } = reader();
  pages.readAfter(query(2), "a", result(2));
  expect(read).not.toHaveBeenCalled();
});

test("what could not be read ahead is read again when it is requested", async () => {
  const { read, pages } = reader();
  read.mockRejectedValueOnce(new Error("busy"));
  pages.readAfter(query(0), "a", result(0));
  expect(await pages.page(query(1), "a")).toEqual(result(1));
  expect(read).toHaveBeenCalledTimes(2);
});
