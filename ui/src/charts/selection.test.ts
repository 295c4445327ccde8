import { expect, test } from "vitest";
import { toggled } from "./selection";

test("a second click on a part clears the selection, a click on another part moves it", () => {
  const selection = { key: "HIGH", label: "High", onSelect: () => undefined };
  expect(toggled(selection, "HIGH")).toBeNull();
  expect(toggled(selection, "LOW")).toBe("LOW");
  expect(toggled({ ...selection, key: null }, "HIGH")).toBe("HIGH");
});
