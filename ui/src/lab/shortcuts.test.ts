import { expect, test } from "vitest";
import { SHORTCUTS, type ShortcutName } from "./shortcuts";

const key = (change: Partial<KeyboardEvent>) =>
  ({ key: "", code: "", altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...change }) as KeyboardEvent;

const matching = (change: Partial<KeyboardEvent>): ShortcutName[] => SHORTCUTS.filter(({ matches }) => matches(key(change))).map(({ name }) => name);

test("zoom has the keys that browsers give it, on every keyboard layout and on the number pad", () => {
  expect(matching({ key: "+", code: "Equal", ctrlKey: true, shiftKey: true })).toEqual(["zoom-in"]);
  expect(matching({ key: "=", code: "Equal", ctrlKey: true })).toEqual(["zoom-in"]);
  expect(matching({ key: "+", code: "NumpadAdd", metaKey: true })).toEqual(["zoom-in"]);
  expect(matching({ key: "-", code: "Minus", ctrlKey: true })).toEqual(["zoom-out"]);
  expect(matching({ key: "0", code: "Digit0", ctrlKey: true })).toEqual(["zoom-reset"]);
  expect(matching({ key: "F11", code: "F11" })).toEqual(["full-screen"]);
  expect(matching({ key: "-", code: "Minus" })).toEqual([]);
  expect(matching({ key: "-", code: "Minus", ctrlKey: true, altKey: true })).toEqual([]);
});

test("each key belongs to one shortcut", () => {
  for (const digit of ["1", "7"]) expect(matching({ key: digit, code: `Digit${digit}`, altKey: true })).toEqual(["step"]);
  expect(matching({ key: "?", code: "Slash", shiftKey: true })).toEqual(["shortcuts"]);
  expect(matching({ key: "Enter", code: "Enter", ctrlKey: true })).toEqual(["perform"]);
});
