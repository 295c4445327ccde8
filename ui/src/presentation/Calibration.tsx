/** The test from the last row: lines as the lab shows them, made larger until they can be read there. */
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { SeverityBadge } from "../components/SeverityBadge";
import { useT } from "../i18n/context";
import styles from "./Calibration.module.css";

interface CalibrationProps {
  /** The zoom, in percent. */
  zoom: number;
  onLarger: () => void;
  onSmaller: () => void;
  onUsual: () => void;
  onClose: () => void;
}

export default function Calibration({ zoom, onLarger, onSmaller, onUsual, onClose }: CalibrationProps) {
  const { t } = useT();
  return (
    <Modal
      visible
      header={t("calibrate")}
      onDismiss={onClose}
      data-testid="calibrate"
      footer={
        <Box float="right">
          <Button variant="primary" onClick={onClose} data-testid="calibrate-close">
            {t("calibrate-readable")}
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Box variant="p">{t("calibrate-about")}</Box>
        <div className={styles.sample}>
          <SeverityBadge severity="CRITICAL" />
          <code translate="no">CVE-2021-44228 · log4j-core 2.14.1 → 2.17.1</code>
          <span>{t("step-scanning-why")}</span>
        </div>
        <div className={styles.size}>
          <Button iconName="zoom-out" onClick={onSmaller} data-testid="calibrate-smaller">
            {t("zoom-out")}
          </Button>
          <Button iconName="zoom-in" onClick={onLarger} data-testid="calibrate-larger">
            {t("zoom-in")}
          </Button>
          <Button variant="link" onClick={onUsual} data-testid="calibrate-usual">
            {t("calibrate-usual")}
          </Button>
          <span role="status" data-testid="calibrate-zoom">{t("zoom", { percent: zoom })}</span>
        </div>
      </SpaceBetween>
    </Modal>
  );
}
