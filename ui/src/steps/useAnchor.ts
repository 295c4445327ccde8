/** Keeps the part in view in its place while content above it grows or shrinks: WebKitGTK has no scroll anchoring of its own. */
import { useLayoutEffect, type RefObject } from "react";
import { anchorInView } from "./usePart";

interface Anchor {
  element: Element;
  /** Its distance from the top of the page, in CSS pixels. */
  top: number;
  /** How far the page was scrolled then. */
  scrolled: number;
}

function topOf(element: Element): number {
  return element.getBoundingClientRect().top + window.scrollY;
}

/** `page`: the element whose content changes. */
export function useAnchor(page: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const observed = page.current;
    if (!observed) return;
    let anchor: Anchor | null = null;
    const choose = () => {
      const element = anchorInView();
      anchor = element && { element, top: topOf(element), scrolled: window.scrollY };
    };
    const keep = () => {
      if (!anchor?.element.isConnected) {
        choose();
        return;
      }
      const top = topOf(anchor.element);
      const moved = top - anchor.top;
      if (Math.abs(moved) >= 1) {
        // Where the page has become too short for where it was scrolled to, the engine has scrolled it already.
        const limit = document.documentElement.scrollHeight - window.innerHeight;
        const from = window.scrollY < anchor.scrolled && window.scrollY >= limit - 1 ? anchor.scrolled : window.scrollY;
        window.scrollTo(0, from + moved);
      }
      anchor = { element: anchor.element, top, scrolled: window.scrollY };
    };
    choose();
    window.addEventListener("scroll", choose, { passive: true });
    const observer = new ResizeObserver(keep);
    // The page's own size does not change when one part grows as much as another one shrinks.
    for (const element of [observed, ...observed.querySelectorAll("[data-anchor]")]) observer.observe(element);
    return () => {
      window.removeEventListener("scroll", choose);
      observer.disconnect();
    };
  }, [page]);
}
