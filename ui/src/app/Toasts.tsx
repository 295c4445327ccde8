/** Shows the toasts above the action bar. They stay for a while, and as long as the pointer or the focus is on them. */
import Button from "@cloudscape-design/components/button";
import { useEffect, useState } from "react";
import { useT } from "../i18n/context";
import { useToasts, type Toast } from "../lab/toast";
import styles from "./Toasts.module.css";

/** Milliseconds. */
const SHOWN_FOR = 8000;

export function Toasts() {
  const { t } = useT();
  const { toasts, dismiss } = useToasts();
  return (
    <div className={styles.toasts} role="status" aria-label={t("notices")} data-testid="toasts">
      {toasts.map((toast) => (
        <OneToast key={toast.id} toast={toast} onDismiss={dismiss} />
      ))}
    </div>
  );
}

function OneToast({ toast, onDismiss }: { toast: Toast; onDismiss: (id: number) => void }) {
  const { t } = useT();
  const { id, text, action } = toast;
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => { onDismiss(id); }, SHOWN_FOR);
    return () => { clearTimeout(timer); };
  }, [id, held, onDismiss]);
  const hold = () => { setHeld(true); };
  const release = () => { setHeld(false); };
  return (
    <div className={styles.toast} onPointerEnter={hold} onPointerLeave={release} onFocus={hold} onBlur={release} data-testid="toast">
      <span>{text}</span>
      {action ? (
        <Button onClick={() => { action.act(); }} data-testid="toast-action">
          {action.label}
        </Button>
      ) : null}
      <Button variant="icon" iconName="close" ariaLabel={t("dismiss")} onClick={() => { onDismiss(id); }} />
    </div>
  );
}
