/** The keys of presentation mode that work on every page: black screen, tools, and leaving. Those that move are {@link StepClicker}'s. */
import { useEffect, useRef } from "react";
import { isModalOpen } from "../lab/modal";
import { HeldKeys, presenterKey, type PresenterKey } from "../lab/presenterKeys";
import { usePresenting } from "../lab/presenting";
import { takesKeys } from "../lab/shortcuts";

/** What closes by Escape itself, besides modal dialogs: panels, and menus that are open. */
const OPEN = '[role="dialog"][aria-modal="false"], [aria-haspopup]:not([aria-haspopup="false"])[aria-expanded="true"]';

interface PresentationKeysProps {
  onMove?: ((press: "forward" | "back") => void) | undefined;
}

export function PresentationKeys({ onMove }: PresentationKeysProps) {
  const act = useKeyActions(onMove);
  const newest = useRef(act);
  useEffect(() => {
    newest.current = act;
  });
  useEffect(() => {
    const held = new HeldKeys();
    const onKeyDown = (event: KeyboardEvent) => {
      const first = held.press(event);
      const key = presenterKey(event);
      if (key === null) return;
      // A held key is the page's neither: it would scroll.
      if (newest.current(key, event.target, first)) {
        event.preventDefault();
        event.stopPropagation();
      }
    };
    const onKeyUp = (event: KeyboardEvent) => { held.release(event); };
    const onBlur = () => { held.clear(); };
    // Before the page: what is open must still be open when Escape is judged.
    window.addEventListener("keydown", onKeyDown, { capture: true });
    window.addEventListener("keyup", onKeyUp, { capture: true });
    window.addEventListener("blur", onBlur);
    return () => {
      window.removeEventListener("keydown", onKeyDown, { capture: true });
      window.removeEventListener("keyup", onKeyUp, { capture: true });
      window.removeEventListener("blur", onBlur);
    };
  }, []);
  return null;
}

/** Returns what a key does: it acts on the first press, and says whether the key is taken from the page. */
function useKeyActions(onMove: PresentationKeysProps["onMove"]) {
  const { present, black, setBlack, tool, setTool } = usePresenting();
  return (key: PresenterKey, target: EventTarget | null, first: boolean): boolean => {
    // On a black screen every key of the presenter brings the page back, and does nothing unseen.
    if (black) {
      if (first) setBlack(false);
      return true;
    }
    if (key === "escape") return escape(target, first);
    if (takesKeys(target)) return false;
    switch (key) {
      case "forward":
      case "back":
        if (onMove === undefined) return false;
        if (first) onMove(key);
        return true;
      case "black":
        if (first) setBlack(true);
        return true;
      case "pointer":
      case "spotlight":
      case "draw":
        if (first) setTool(tool === key ? null : key);
        return true;
    }
  };

  /** Closes what is on top; leaves presenting if nothing does. */
  function escape(target: EventTarget | null, first: boolean): boolean {
    if (tool !== null) {
      if (first) setTool(null);
      return true;
    }
    if (isModalOpen() || document.querySelector(OPEN)) return false;
    if (takesKeys(target)) {
      if (first && target instanceof HTMLElement) target.blur();
      return true;
    }
    if (first) present(false);
    return true;
  }
}
