/** The keys of presentation mode: those of a clicker, and those of the tools. */
import { isComposing } from "./composition";

export type PresenterKey = "forward" | "back" | "black" | "escape" | "pointer" | "spotlight" | "draw";

/** Clickers send the keys of slide programs: page down and up, "b" or "." for a black screen. */
const KEYS: Record<string, PresenterKey> = {
  PageDown: "forward",
  PageUp: "back",
  b: "black",
  ".": "black",
  Escape: "escape",
  p: "pointer",
  s: "spotlight",
  d: "draw",
};

/** The keys of letters by their place: with a Korean layout they send Hangul. */
const CODES: Record<string, PresenterKey> = { KeyB: "black", KeyP: "pointer", KeyS: "spotlight", KeyD: "draw" };

interface KeyPress {
  key: string;
  code: string;
  keyCode: number;
  isComposing?: boolean;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
}

export function presenterKey(event: KeyPress): PresenterKey | null {
  if (event.altKey || event.ctrlKey || event.metaKey || isComposing(event)) return null;
  return KEYS[event.key] ?? CODES[event.code] ?? null;
}

/** Tells a press from the repetitions of a key that is held; not every web view marks these. */
export class HeldKeys {
  private readonly held = new Set<string>();

  /** Whether the key goes down now. */
  press({ key, code, repeat }: { key: string; code: string; repeat: boolean }): boolean {
    const name = code === "" ? key : code;
    const isHeld = this.held.has(name);
    this.held.add(name);
    return !isHeld && !repeat;
  }

  release({ key, code }: { key: string; code: string }): void {
    this.held.delete(code === "" ? key : code);
  }

  /** The window has lost the focus: releases go elsewhere. */
  clear(): void {
    this.held.clear();
  }
}
