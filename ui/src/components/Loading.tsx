/** Something is awaited: said after a moment, so that what is quick does not flicker. */
import Spinner from "@cloudscape-design/components/spinner";
import { useEffect, useState } from "react";
import { useT } from "../i18n/context";
import styles from "./Loading.module.css";

const PATIENCE = 250;

export function Loading({ text }: { text?: string }) {
  const { t } = useT();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => { setShown(true); }, PATIENCE);
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
