/** Listeners for the text of a field that a component of the design system keeps to itself. */
import { useEffect, useMemo, useRef, type SyntheticEvent } from "react";
import { ComposedText } from "./composedText";

type Listener = (event: SyntheticEvent<HTMLElement>) => void;

export interface TextListeners {
  onInput: Listener;
  onCompositionStart: () => void;
  onCompositionEnd: Listener;
  onKeyUp: Listener;
  onClick: Listener;
  onMouseUp: Listener;
}

/** Listeners for the element around one text field. `onText` gets each text, but none within a composition. */
export function useComposedText(onText: (text: string) => void): TextListeners {
  const newest = useRef(onText);
  useEffect(() => {
    newest.current = onText;
  });
  return useMemo(() => {
    const field = new ComposedText();
    const textOf = (element: HTMLElement) => element.querySelector("input")?.value ?? "";
    const report = (text: string | null) => {
      if (text !== null) newest.current(text);
    };
    const changed: Listener = ({ currentTarget }) => { report(field.changed(textOf(currentTarget))); };
    // A component changes the text itself too, as when it is emptied: that is rendered after the event.
    const changedLater: Listener = ({ currentTarget }) => { setTimeout(() => { report(field.changed(textOf(currentTarget))); }); };
    return {
      onInput: changed,
      onCompositionStart: () => { field.startComposition(); },
      onCompositionEnd: ({ currentTarget }) => { report(field.endComposition(textOf(currentTarget))); },
      onKeyUp: changedLater,
      onClick: changedLater,
      onMouseUp: changedLater,
    };
  }, []);
}
