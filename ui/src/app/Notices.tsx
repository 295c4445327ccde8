/** What was to be said when the run's place was opened: which engine, and why. */
import Flashbar from "@cloudscape-design/components/flashbar";
import { useState } from "react";
import { useT } from "../i18n/context";
import type { Notice } from "../ipc/door";

export default function Notices({ notices }: { notices: readonly Notice[] }) {
  const { t, message } = useT();
  const [read, setRead] = useState<readonly string[]>([]);
  const unread = notices.map((notice) => ({ id: JSON.stringify(notice), notice })).filter(({ id }) => !read.includes(id));
  return (
    <Flashbar
      items={unread.map(({ id, notice }) => ({
        id,
        type: "info",
        content: notice.why ? `${message(notice.message)} ${message(notice.why)}` : message(notice.message),
        statusIconAriaLabel: t("note"),
        dismissible: true,
        dismissLabel: t("dismiss"),
        onDismiss: () => { setRead((before) => [...before, id]); },
      }))}
    />
  );
}
