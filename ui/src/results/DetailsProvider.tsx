/** Which finding's details are open: asked for by tables, lists and stories, shown at the right of the window. */
import { createContext, lazy, Suspense, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from "react";

export interface Opened {
  scan: number;
  arn: string;
  /** The row that it was opened from. */
  row: string | null;
}

interface Details {
  opened: Opened | null;
  open: (opened: Opened) => void;
  close: () => void;
}

const DetailsContext = createContext<Details | null>(null);
const FindingPanel = lazy(() => import("./FindingPanel"));

export function DetailsProvider({ children }: { children: ReactNode }) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const from = useRef<Element | null>(null);
  const open = useCallback((next: Opened) => {
    const active = document.activeElement;
    if (active && !active.closest("[data-finding-panel]")) from.current = active;
    setOpened(next);
  }, []);
  const close = useCallback(() => {
    setOpened(null);
    const back = from.current;
    if (back instanceof HTMLElement && back.isConnected) back.focus();
  }, []);
  const details = useMemo(() => ({ opened, open, close }), [opened, open, close]);
  return (
    <DetailsContext value={details}>
      {children}
      {opened ? (
        <Suspense fallback={null}>
          <FindingPanel opened={opened} onClose={close} />
        </Suspense>
      ) : null}
    </DetailsContext>
  );
}

export function useDetails(): Details {
  const details = useContext(DetailsContext);
  if (!details) throw new Error("DetailsProvider is missing");
  return details;
}
