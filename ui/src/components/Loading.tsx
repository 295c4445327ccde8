/** A spinner, shown after a delay so that short waits do not flicker. */
import Spinner from "@cloudscape-design/components/spinner";
import { useEffect, useState } from "react";
import { useT } from "../i18n/context";
import styles from "./Loading.module.css";

/** Milliseconds. */
const DELAY = 250;

export function Loading({ text }: { text?: string }) {
  const { t } = useT();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => { setShown(true); }, DELAY);
    return () => { clearTimeout(timer); };
  }, []);
  return (
    <div className={styles.loading} role="status">
      {shown ? (
        <>
          <Spinner /> <span>{text ?? t("loading")}</span>
        </>
      ) : null}
    </div>
  );
}
