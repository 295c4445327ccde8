/** A chart over the whole window, its texts large enough for the back of a room. */
import Modal from "@cloudscape-design/components/modal";
import { useMemo, type ReactNode } from "react";
import { useT } from "../i18n/context";
import { ChartCanvas } from "./ChartCanvas";
import type { EChartsCoreOption } from "./echarts";
import type { Palette } from "./palette";
import type { ChartSelection } from "./selection";
import styles from "./Chart.module.css";

interface FullChartProps {
  name: string;
  title: string;
  description: string;
  palette: Palette;
  option: (palette: Palette) => EChartsCoreOption;
  selection: ChartSelection | undefined;
  legend: ReactNode;
  onClose: () => void;
}

/** More than any screen has: the dialog takes all the room that there is. */
const ALL = 10_000;

/** The size of texts, as a share of the window's height, and at least. */
const TEXT_SHARE = 0.022;
const LEAST_TEXT = 16;

export function FullChart({ name, title, description, palette, option, selection, legend, onClose }: FullChartProps) {
  const { t } = useT();
  const built = useMemo(() => option({ ...palette, size: Math.max(LEAST_TEXT, Math.round(window.innerHeight * TEXT_SHARE)) }), [option, palette]);
  // What is selected is seen in the table, which the dialog covers. It must be gone before the focus moves there.
  const closing: ChartSelection | undefined = selection && {
    ...selection,
    onSelect: (key) => {
      onClose();
      setTimeout(() => { selection.onSelect(key); });
    },
  };
  return (
    <Modal visible width={ALL} height={ALL} header={title} closeAriaLabel={t("full-close")} onDismiss={onClose} data-testid={`full-${name}`}>
      <div className={styles.full}>
        <p className={styles.description}>{description}</p>
        {legend === undefined ? null : <div className={styles.legend}>{legend}</div>}
        <ChartCanvas option={built} height="100%" selection={closing} label={`${title}. ${description}`} />
      </div>
    </Modal>
  );
}
