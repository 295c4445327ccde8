/** Short notices at the bottom of the window, for what has happened where it may be out of view. */
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from "react";

export interface Toast {
  id: number;
  text: string;
  /** What can be done about it, such as opening what was saved. */
  action: { label: string; act: () => void } | null;
}

interface Toasts {
  toasts: readonly Toast[];
  show: (text: string, action?: Toast["action"]) => void;
  dismiss: (id: number) => void;
}

const ToastContext = createContext<Toasts | null>(null);

/** More at once would cover the page. */
const MAX = 2;

let newest = 0;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const show = useCallback((text: string, action: Toast["action"] = null) => {
    newest += 1;
    const toast = { id: newest, text, action };
    setToasts((before) => [...before, toast].slice(-MAX));
  }, []);
  const dismiss = useCallback((id: number) => { setToasts((before) => before.filter((toast) => toast.id !== id)); }, []);
  const context = useMemo(() => ({ toasts, show, dismiss }), [toasts, show, dismiss]);
  return <ToastContext value={context}>{children}</ToastContext>;
}

export function useToasts(): Toasts {
  const toasts = useContext(ToastContext);
  if (!toasts) throw new Error("ToastProvider is missing");
  return toasts;
}
