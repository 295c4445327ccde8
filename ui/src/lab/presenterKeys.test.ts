import { expect, test } from "vitest";
import { HeldKeys, presenterKey } from "./presenterKeys";

const key = (name: string, change: object = {}) =>
  ({ key: name, code: name, keyCode: 0, altKey: false, ctrlKey: false, metaKey: false, repeat: false, ...change });

test("a clicker moves forward and back, and makes the screen black", () => {
  expect(presenterKey(key("PageDown"))).toBe("forward");
  expect(presenterKey(key("PageUp"))).toBe("back");
  expect(presenterKey(key("b", { code: "KeyB" }))).toBe("black");
  expect(presenterKey(key(".", { code: "Period" }))).toBe("black");
  expect(presenterKey(key("a", { code: "KeyA" }))).toBeNull();
});

test("the layout of the keyboard does not matter", () => {
  expect(presenterKey(key("ㅠ", { code: "KeyB" }))).toBe("black");
  expect(presenterKey(key("ㅇ", { code: "KeyD" }))).toBe("draw");
});

test("keys with a modifier, and those of an input method, are others", () => {
  expect(presenterKey(key("PageDown", { altKey: true }))).toBeNull();
  expect(presenterKey(key("p", { code: "KeyP", ctrlKey: true }))).toBeNull();
  expect(presenterKey(key("Process", { code: "KeyB", keyCode: 229 }))).toBeNull();
});

test("a held key counts once, whether or not its repetitions are marked", () => {
  const keys = new HeldKeys();
  expect(keys.press(key("PageDown"))).toBe(true);
  expect(keys.press(key("PageDown"))).toBe(false);
  expect(keys.press(key("PageDown", { repeat: true }))).toBe(false);
  keys.release(key("PageDown"));
  expect(keys.press(key("PageDown"))).toBe(true);
  keys.clear();
  expect(keys.press(key("PageDown", { repeat: true }))).toBe(false);
  keys.release(key("PageDown"));
  expect(keys.press(key("PageDown"))).toBe(true);
});
