import { expect, test } from "vitest";
import { inOrder } from "./order";

test("the files of the first screen come first, whatever their order on disk", () => {
  const texts = { "../en/charts.ftl": "charts", "../en/window.ftl": "window", "../en/shell.ftl": "shell", "../en/start.ftl": "start", "../en/help.ftl": "help" };
  expect(inOrder(texts)).toEqual(["shell", "start", "window", "charts", "help"]);
});

test("a file is recognized by its whole name", () => {
  expect(inOrder({ "../en/a.ftl": "a", "../en/restart.ftl": "restart", "../en/start.ftl": "start" })).toEqual(["start", "a", "restart"]);
});
