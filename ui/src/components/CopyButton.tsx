/** A button that copies a text and reports whether that worked. */
import Button from "@cloudscape-design/components/button";
import LiveRegion from "@cloudscape-design/components/live-region";
import { useEffect, useState } from "react";
import { useT } from "../i18n/context";

interface CopyButtonProps {
  /** The text to copy, or a function that returns it. */
  text: string | (() => string);
  /** The accessible name: what the button copies. */
  label: string;
  /** The text on the button; without it the button is an icon. */
  children?: string;
  testId?: string;
}

/** Milliseconds. */
const RESULT_SHOWN_FOR = 2000;

export function CopyButton({ text, label, children, testId }: CopyButtonProps) {
  const { t } = useT();
  const [copied, setCopied] = useState<boolean | null>(null);
  useEffect(() => {
    if (copied === null) return;
    const timer = setTimeout(() => { setCopied(null); }, RESULT_SHOWN_FOR);
    return () => { clearTimeout(timer); };
  }, [copied]);
  const copy = () => {
    copyText(typeof text === "string" ? text : text()).then(
      () => { setCopied(true); },
      () => { setCopied(false); },
    );
  };
  const result = copied === null ? "" : t(copied ? "copied" : "copy-failed");
  return (
    <span data-copied={copied ?? undefined}>
      <Button
        variant={children === undefined ? "inline-icon" : "normal"}
        iconName={copied ? "check" : "copy"}
        ariaLabel={copied ? `${label}: ${result}` : label}
        onClick={copy}
        {...(testId === undefined ? {} : { "data-testid": testId })}
      >
        {children === undefined ? undefined : copied === null ? children : result}
      </Button>
      <LiveRegion hidden>{result}</LiveRegion>
    </span>
  );
}

/** Copies a text with the Clipboard API, or with `execCommand` in web views that deny that API. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    field.setAttribute("aria-hidden", "true");
    field.style.position = "fixed";
    field.style.opacity = "0";
    const focused = document.activeElement;
    document.body.append(field);
    field.select();
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way where the Clipboard API is denied
    const copied = document.execCommand("copy");
    field.remove();
    if (focused instanceof HTMLElement) focused.focus();
    if (!copied) throw new Error("the clipboard is not accessible");
  }
}
