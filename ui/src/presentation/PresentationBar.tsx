/** The bar at the top in presentation mode: whose cloud it is, the presenter's tools, and the way out. */
import type { ReactNode } from "react";
import { useT } from "../i18n/context";
import { usePresenting, type Tool } from "../lab/presenting";
import styles from "./PresentationBar.module.css";

/** SVG paths in a box of 16 × 16. */
const SHAPES: Record<Tool, string> = {
  pointer: "M8 3v2M8 11v2M3 8h2M11 8h2M8 7a1 1 0 1 0 0 2 1 1 0 0 0 0-2Z",
  spotlight: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 5.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5Z",
  draw: "M2.500 13.500c3-1 1.500-4 4-5M7 8l5-5.500 1.500 1.500L8.500 9.500Z",
};

const TOOLS: readonly Tool[] = ["pointer", "spotlight", "draw"];

interface PresentationBarProps {
  /** The mode, and other badges. */
  children: ReactNode;
  onCalibrate: () => void;
}

export function PresentationBar({ children, onCalibrate }: PresentationBarProps) {
  const { t } = useT();
  const { present, tool, setTool, setBlack } = usePresenting();
  return (
    <header id="top-bar" className={styles.bar} data-testid="presentation-bar">
      {children}
      <div className={styles.tools} role="toolbar" aria-label={t("present-tools")}>
        {TOOLS.map((one) => (
          <button
            key={one}
            type="button"
            className={styles.tool}
            aria-pressed={tool === one}
            aria-label={t(`present-${one}`)}
            title={t(`present-${one}`)}
            onClick={() => { setTool(tool === one ? null : one); }}
            data-testid={`present-${one}`}
          >
            <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
              <path d={SHAPES[one]} />
            </svg>
          </button>
        ))}
        <button type="button" className={styles.tool} onClick={() => { setBlack(true); }} aria-label={t("present-black")} title={t("present-black")} data-testid="present-black">
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d="M2 3h12v10H2Z" className={styles.filled} />
          </svg>
        </button>
        <button type="button" className={styles.tool} onClick={onCalibrate} data-testid="present-calibrate">
          {t("present-size")}
        </button>
        <button type="button" className={styles.tool} onClick={() => { present(false); }} data-testid="present-end">
          {t("present-end")}
        </button>
      </div>
    </header>
  );
}
