/** A link that the shell opens in the browser, if its host is on the list of allowed hosts. */
import Link from "@cloudscape-design/components/link";
import { useState, type ReactNode } from "react";
import { useT } from "../i18n/context";
import { asProblem, commands, type IpcError } from "../ipc/client";
import styles from "./ExternalLink.module.css";

export function ExternalLink({ href, children }: { href: string; children: ReactNode }) {
  const { t, message } = useT();
  const [problem, setProblem] = useState<IpcError | null>(null);
  return (
    <>
      <Link
        href={href}
        external
        externalIconAriaLabel={t("opens-in-browser")}
        onFollow={(event) => {
          event.preventDefault();
          setProblem(null);
          commands.openLink(href).catch((thrown: unknown) => { setProblem(asProblem(thrown)); });
        }}
      >
        {children}
      </Link>
      {problem ? (
        <span role="alert" className={styles.problem}>
          {message(problem.message)} <code>{href}</code>
        </span>
      ) : null}
    </>
  );
}
