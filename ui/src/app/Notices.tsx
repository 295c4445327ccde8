/** Notices from opening the run's cloud and engine: which engine is used, and why. */
import Alert from "@cloudscape-design/components/alert";
import { useState } from "react";
import { useT } from "../i18n/context";
import type { Notice } from "../ipc/client";
import styles from "./Notices.module.css";

export default function Notices({ notices }: { notices: readonly Notice[] }) {
  const { t, message } = useT();
  const [dismissed, setDismissed] = useState(false);
  if (dismissed) return null;
  const lines = notices.flatMap((notice) => (notice.why ? [message(notice.message), message(notice.why)] : [message(notice.message)]));
  return (
    <div className={styles.notices}>
      <Alert type="info" dismissible i18nStrings={{ dismissAriaLabel: t("dismiss") }} onDismiss={() => { setDismissed(true); }}>
        {lines.join(" ")}
      </Alert>
    </div>
  );
}
