/** Commands to paste into a terminal, each with a title and a copy button. */
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useT } from "../i18n/context";
import { useMasked } from "../i18n/mask";
import type { CommandLine } from "../ipc/client";
import { CopyButton } from "./CopyButton";
import styles from "./CommandLines.module.css";

interface CommandLinesProps {
  lines: readonly CommandLine[];
  /** Whether to offer a button that copies all commands. */
  copyAll?: boolean;
}

export function CommandLines({ lines, copyAll = true }: CommandLinesProps) {
  const { t, message } = useT();
  const all = lines.map(({ title, line }) => `# ${message(title)}\n${line}`).join("\n\n");
  return (
    <SpaceBetween size="s">
      <ol className={styles.commands}>
        {lines.map(({ title, line }, index) => (
          <li key={`${title.id} ${index}`}>
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
  /** Shown above the code. */
  title?: string;
  text: string;
  /** The accessible name of the code and of its copy button. */
  label: string;
  /** The text to copy, if it differs from the text shown. */
  copy?: string;
}

/** One or more lines of code with a copy button. Account ids are masked on the screen, not in the copy. */
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
