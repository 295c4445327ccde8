/** Shows the details of the open finding at the right of the window, and returns the focus when they are closed. */
import { lazy, Suspense, useCallback, useMemo, useRef, useState, type ReactNode } from "react";
import { DetailsContext, type OpenFinding } from "./details";

const FindingPanel = lazy(() => import("./FindingPanel"));

export function DetailsProvider({ children }: { children: ReactNode }) {
  const [finding, setFinding] = useState<OpenFinding | null>(null);
  const opener = useRef<Element | null>(null);
  const open = useCallback((next: OpenFinding) => {
    const active = document.activeElement;
    if (active && !active.closest("[data-finding-panel]")) opener.current = active;
    setFinding(next);
  }, []);
  const close = useCallback(() => {
    setFinding(null);
    const element = opener.current;
    if (element instanceof HTMLElement && element.isConnected) element.focus();
  }, []);
  const details = useMemo(() => ({ finding, open, close }), [finding, open, close]);
  return (
    <DetailsContext value={details}>
      {children}
      {finding ? (
        <Suspense fallback={null}>
          <FindingPanel open={finding} onClose={close} />
        </Suspense>
      ) : null}
    </DetailsContext>
  );
}
