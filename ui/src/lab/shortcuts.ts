/** Keyboard shortcuts that work anywhere in the window. */
import { useEffect } from "react";
import { isComposing } from "./composition";
import { isModalOpen } from "./modal";

export type ShortcutName =
  | "perform"
  | "part-next"
  | "part-previous"
  | "step"
  | "check"
  | "help"
  | "transcript"
  | "language"
  | "zoom-in"
  | "zoom-out"
  | "zoom-reset"
  | "full-screen"
  | "present"
  | "shortcuts";

interface Shortcut {
  name: ShortcutName;
  /** The keys as shown to people. */
  keys: readonly string[];
  matches: (event: KeyboardEvent) => boolean;
  /** Whether it also works in text fields and dialogs: it types nothing there. */
  everywhere?: true;
}

const alt = (code: string) => (event: KeyboardEvent) =>
  event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.code === code;

const control = (...keys: readonly string[]) => (event: KeyboardEvent) =>
  (event.ctrlKey || event.metaKey) && !event.altKey && keys.includes(event.key);

const bare = (key: string) => (event: KeyboardEvent) =>
  !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.key === key;

export const SHORTCUTS: readonly Shortcut[] = [
  {
    name: "perform",
    keys: ["Ctrl", "Enter"],
    matches: (event) => (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key === "Enter",
  },
  { name: "part-next", keys: ["Alt", "→"], matches: alt("ArrowRight") },
  { name: "part-previous", keys: ["Alt", "←"], matches: alt("ArrowLeft") },
  { name: "step", keys: ["Alt", "1…7"], matches: (event) => /^Digit[1-7]$/.test(event.code) && alt(event.code)(event) },
  { name: "check", keys: ["Alt", "C"], matches: alt("KeyC") },
  { name: "help", keys: ["Alt", "H"], matches: alt("KeyH") },
  { name: "transcript", keys: ["Alt", "T"], matches: alt("KeyT") },
  { name: "language", keys: ["Alt", "L"], matches: alt("KeyL") },
  // "=" is on the key of "+", and "_" on that of "-".
  { name: "zoom-in", keys: ["Ctrl", "+"], matches: control("+", "="), everywhere: true },
  { name: "zoom-out", keys: ["Ctrl", "−"], matches: control("-", "_"), everywhere: true },
  { name: "zoom-reset", keys: ["Ctrl", "0"], matches: control("0"), everywhere: true },
  { name: "full-screen", keys: ["F11"], matches: bare("F11"), everywhere: true },
  {
    name: "present",
    keys: ["F5"],
    matches: (event) => bare("F5")(event) || (control("p", "P")(event) && event.shiftKey),
    everywhere: true,
  },
  {
    name: "shortcuts",
    keys: ["?"],
    matches: (event) => event.key === "?" && !event.altKey && !event.ctrlKey && !event.metaKey,
  },
];

/** The labels on the keys of a Mac. */
const MAC: Record<string, string> = { Alt: "⌥", Ctrl: "⌘", Enter: "↩" };

/** What is written on a key. */
export function keyLabel(key: string, platform: string): string {
  return platform === "macos" ? (MAC[key] ?? key) : key;
}

/** The keys of a shortcut in one text, for a menu. */
export function shortcutText(name: ShortcutName, platform: string): string {
  const keys = SHORTCUTS.find((shortcut) => shortcut.name === name)?.keys ?? [];
  return keys.map((key) => keyLabel(key, platform)).join("+");
}

/** Calls `act` when the shortcut is pressed; most of them not in text fields and while a dialog is open, and none while a text is composed. */
export function useShortcut(name: ShortcutName, act: (event: KeyboardEvent) => void): void {
  useEffect(() => {
    const shortcut = SHORTCUTS.find((shortcut) => shortcut.name === name);
    const onKeyDown = (event: KeyboardEvent) => {
      if (!shortcut?.matches(event) || event.defaultPrevented || isComposing(event)) return;
      if (!shortcut.everywhere && takesKeys(event.target)) return;
      event.preventDefault();
      act(event);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => { window.removeEventListener("keydown", onKeyDown); };
  }, [name, act]);
}

/** Whether keys belong to the element, or to an open dialog. */
export function takesKeys(target: EventTarget | null): boolean {
  if (isModalOpen()) return true;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || isText(target))
  );
}

function isText(target: HTMLElement): boolean {
  return target instanceof HTMLInputElement && !["button", "checkbox", "radio", "submit", "range"].includes(target.type);
}
