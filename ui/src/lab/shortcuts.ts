/** Keyboard shortcuts that work anywhere in the window. */
import { useEffect } from "react";
import { isComposing } from "./composition";

export type ShortcutName =
  | "perform"
  | "part-next"
  | "part-previous"
  | "step"
  | "check"
  | "help"
  | "transcript"
  | "language"
  | "shortcuts";

interface Shortcut {
  name: ShortcutName;
  /** The keys as shown to people. */
  keys: readonly string[];
  matches: (event: KeyboardEvent) => boolean;
}

const alt = (code: string) => (event: KeyboardEvent) =>
  event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.code === code;

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
  {
    name: "shortcuts",
    keys: ["?"],
    matches: (event) => event.key === "?" && !event.altKey && !event.ctrlKey && !event.metaKey,
  },
];

/** Calls `act` when the shortcut is pressed, except in text fields, while a dialog is open, and while a text is composed. */
export function useShortcut(name: ShortcutName, act: (event: KeyboardEvent) => void): void {
  useEffect(() => {
    const shortcut = SHORTCUTS.find((shortcut) => shortcut.name === name);
    const onKeyDown = (event: KeyboardEvent) => {
      if (!shortcut?.matches(event) || event.defaultPrevented || isComposing(event) || takesKeys(event.target)) return;
      event.preventDefault();
      act(event);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => { window.removeEventListener("keydown", onKeyDown); };
  }, [name, act]);
}

function takesKeys(target: EventTarget | null): boolean {
  if (document.querySelector('[role="dialog"][aria-modal="true"]')) return true;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || isText(target))
  );
}

function isText(target: HTMLElement): boolean {
  return target instanceof HTMLInputElement && !["button", "checkbox", "radio", "submit", "range"].includes(target.type);
}
