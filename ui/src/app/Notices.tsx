/** What was to be said when the run's place was opened: which engine, and why. */
import Alert from "@cloudscape-design/components/alert";
import { useState } from "react";
import { useT } from "../i18n/context";
import type { Notice } from "../ipc/client";
import styles from "./Notices.module.css";

export default function Notices({ notices }: { notices: readonly Notice[] }) {
  const { t, message } = useT();
  const [read, setRead] = useState(false);
  if (read) return null;
  const lines = notices.flatMap((notice) => (notice.why ? [message(notice.message), message(notice.why)] : [message(notice.message)]));
  return (
    <div className={styles.notices}>
      <Alert type="info" dismissible i18nStrings={{ dismissAriaLabel: t("dismiss") }} onDismiss={() => { setRead(true); }}>
        {lines.join(" ")}
      </Alert>
    </div>
  );
}
