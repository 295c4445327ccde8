/** The part of a step that is in view, and going to another one. */
import { useCallback, useEffect, useState } from "react";
import type { StepId } from "../ipc/client";
import { partOf } from "../lab/clicker";
import { usePresenting } from "../lab/presenting";
import { PARTS, partId, type Part } from "../lab/part";

/** A part that begins above this share of the window's height is in view. */
const IN_VIEW = 0.4;
/** After a move, for as long (milliseconds) its target counts as in view: a short part may not reach the top. */
const MOVING = 600;

export interface StepPart {
  part: Part;
  /** Scrolls to a part, and moves the focus there if a person asked for it. */
  goToPart: (part: Part, options?: { focus: boolean }) => void;
}

export function usePart(step: StepId): StepPart {
  const { on: presenting, screenOf, show } = usePresenting();
  const [at, setAt] = useState<{ step: StepId; part: Part; until: number }>({ step, part: "why", until: 0 });
  useEffect(() => {
    if (presenting) return;
    const read = () => {
      setAt((before) => {
        const part = partInView();
        if (before.step === step && (before.part === part || performance.now() < before.until)) return before;
        return { step, part, until: 0 };
      });
    };
    window.addEventListener("scroll", read, { passive: true });
    // Content that arrives late moves the parts without a scroll.
    const observer = new ResizeObserver(read);
    observer.observe(document.documentElement);
    return () => {
      window.removeEventListener("scroll", read);
      observer.disconnect();
    };
  }, [step, presenting]);
  const goToPart = useCallback(
    (part: Part, { focus } = { focus: false }) => {
      setAt({ step, part, until: performance.now() + MOVING });
      // The part is the screen, and is seen from its beginning.
      show(step, part);
      if (presenting) {
        window.scrollTo({ top: 0 });
        return;
      }
      const element = document.getElementById(partId(part));
      if (!element) return;
      // The first part begins under the step's title.
      if (part === "why") window.scrollTo({ top: 0 });
      else element.scrollIntoView({ block: "start" });
      if (focus) element.focus({ preventScroll: true });
    },
    [step, presenting, show],
  );
  if (presenting) return { part: partOf(screenOf(step)), goToPart };
  return { part: at.step === step ? at.part : "why", goToPart };
}

export function partInView(): Part {
  const page = document.documentElement;
  // A page that is still loading can have every part in sight at its top.
  if (window.scrollY === 0) return "why";
  // At the end of the page the last part is in view, however short it is.
  if (window.scrollY + window.innerHeight >= page.scrollHeight - 2) return "check";
  return PARTS.findLast((part) => startsInView(document.getElementById(partId(part)))) ?? "why";
}

/** The last of the elements that keep their place, of those that start in view or above. */
export function anchorInView(): Element | null {
  return [...document.querySelectorAll("[data-anchor]")].findLast(startsInView) ?? null;
}

function startsInView(element: Element | null): boolean {
  return element !== null && element.getBoundingClientRect().top < window.innerHeight * IN_VIEW;
}
