/** Copies a text, and says that it did. */
import Button from "@cloudscape-design/components/button";
import LiveRegion from "@cloudscape-design/components/live-region";
import { useEffect, useState } from "react";
import { useT } from "../i18n/context";

interface CopyButtonProps {
  /** What is copied, or how to make it when it is asked for. */
  text: string | (() => string);
  /** The same in a few words, for those who do not see what is beside the button. */
  label: string;
  /** Shown on the button; without it the button is an icon. */
  children?: string;
  testId?: string;
}

const SAID_FOR = 2000;

export function CopyButton({ text, label, children, testId }: CopyButtonProps) {
  const { t } = useT();
  const [copied, setCopied] = useState<boolean | null>(null);
  useEffect(() => {
    if (copied === null) return;
    const timer = setTimeout(() => { setCopied(null); }, SAID_FOR);
    return () => { clearTimeout(timer); };
  }, [copied]);
  const copy = () => {
    copyText(typeof text === "string" ? text : text()).then(
      () => { setCopied(true); },
      () => { setCopied(false); },
    );
  };
  const said = copied === null ? "" : t(copied ? "copied" : "copy-failed");
  return (
    <span data-copied={copied ?? undefined}>
      <Button
        variant={children === undefined ? "inline-icon" : "normal"}
        iconName={copied ? "check" : "copy"}
        ariaLabel={copied ? `${label}: ${said}` : label}
        onClick={copy}
        {...(testId === undefined ? {} : { "data-testid": testId })}
      >
        {children === undefined ? undefined : copied === null ? children : said}
      </Button>
      <LiveRegion hidden>{said}</LiveRegion>
    </span>
  );
}

/** Through the clipboard's own door, or the old way where a web view keeps that shut. */
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
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way left when the clipboard is shut
    const done = document.execCommand("copy");
    field.remove();
    if (focused instanceof HTMLElement) focused.focus();
    if (!done) throw new Error("the clipboard is shut");
  }
}
