/** What the room sees while a change of a real account waits for the presenter's consent: no account, and nothing to confirm by accident. */
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useT } from "../i18n/context";

interface AwaitConfirmationProps {
  /** Shows the changes, with what confirms them. */
  onShow: () => void;
  onCancel: () => void;
}

export function AwaitConfirmation({ onShow, onCancel }: AwaitConfirmationProps) {
  const { t } = useT();
  return (
    <Modal
      visible
      header={t("present-waiting")}
      onDismiss={onCancel}
      data-testid="waiting-for-confirmation"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onCancel} data-testid="waiting-cancel">
              {t("present-waiting-cancel")}
            </Button>
            <Button onClick={onShow} data-testid="waiting-show">
              {t("present-waiting-show")}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      {t("present-waiting-about")}
    </Modal>
  );
}
