/** What was to be said when the run's place was opened: which engine, and why. */
import Flashbar from "@cloudscape-design/components/flashbar";
import { useState } from "react";
import { useT } from "../i18n/context";
import type { Notice } from "../ipc/door";

export default function Notices({ notices }: { notices: readonly Notice[] }) {
  const { t, message } = useT();
  const [read, setRead] = useState("");
  const key = JSON.stringify(notices);
  const unread = read === key ? [] : notices;
  const content = unread.flatMap((notice) => (notice.why ? [message(notice.message), message(notice.why)] : [message(notice.message)]));
  return (
    <Flashbar
      items={
        content.length === 0
          ? []
          : [
              {
                id: "notices",
                type: "info",
                content: content.join(" "),
                statusIconAriaLabel: t("note"),
                dismissible: true,
                dismissLabel: t("dismiss"),
                onDismiss: () => { setRead(key); },
              },
            ]
      }
    />
  );
}
