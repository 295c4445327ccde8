/** Commands to paste in a terminal, each with what it does and a button that copies it. */
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useT } from "../i18n/context";
import { useMasked } from "../i18n/mask";
import type { CommandLine } from "../ipc/client";
import { CopyButton } from "./CopyButton";
import styles from "./CommandLines.module.css";

interface CommandLinesProps {
  lines: readonly CommandLine[];
  /** Whether a button copies all of them. */
  copyAll?: boolean;
}

export function CommandLines({ lines, copyAll = true }: CommandLinesProps) {
  const { t, message } = useT();
  const all = lines.map(({ title, line }) => `# ${message(title)}\n${line}`).join("\n\n");
  return (
    <SpaceBetween size="s">
      <ol className={styles.commands}>
        {lines.map(({ title, line }, at) => (
          <li key={`${title.id} ${at}`}>
            <CodeBlock title={message(title)} text={line} label={t("copy-command", { what: message(title) })} />
          </li>
        ))}
      </ol>
      {copyAll && lines.length > 1 ? (
        <CopyButton text={all} label={t("copy-all-commands")} testId="copy-all">
          {t("copy-all-commands")}
        </CopyButton>
      ) : null}
    </SpaceBetween>
  );
}

interface CodeBlockProps {
  /** What the code does: shown above it. */
  title?: string;
  text: string;
  /** What the copy button says. */
  label: string;
  /** What is copied, where that is not what is shown. */
  copy?: string;
}

/** A line or several of code, with a button that copies them, masked or not. */
export function CodeBlock({ title, text, label, copy }: CodeBlockProps) {
  const masked = useMasked();
  return (
    <>
      {title === undefined ? null : <div className={styles.title}>{title}</div>}
      <div className={styles.block}>
        <pre role="group" tabIndex={0} aria-label={label}>
          <code translate="no">{masked(text)}</code>
        </pre>
        <CopyButton text={copy ?? text} label={label} />
      </div>
    </>
  );
}
