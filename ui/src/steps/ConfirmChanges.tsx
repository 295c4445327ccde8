/** Asks the user to confirm changes in their own account: what will be changed, where, and at what cost. */
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { Account } from "../components/Account";
import { PreviewTable } from "../components/PreviewTable";
import { useT } from "../i18n/context";
import type { JobKind, RunPreview, StepId } from "../ipc/client";

interface ConfirmChangesProps {
  step: StepId;
  kind: JobKind;
  /** What the whole run would change, or the one step that has become different. */
  preview: RunPreview;
  onAnswer: (yes: boolean) => void;
}

export function ConfirmChanges({ step, kind, preview, onAnswer }: ConfirmChangesProps) {
  const { t } = useT();
  return (
    <Modal
      visible
      size="large"
      header={t(kind === "run" ? "agree-title" : "agree-undo-title")}
      onDismiss={() => { onAnswer(false); }}
      data-testid="agree"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={() => { onAnswer(false); }} data-testid="agree-no">
              {t("agree-no")}
            </Button>
            <Button variant="primary" onClick={() => { onAnswer(true); }} data-testid="agree-yes">
              {t(kind === "run" ? "agree-yes" : "agree-undo-yes")}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <KeyValuePairs
          columns={3}
          items={[
            { label: t("account"), value: <Account id={preview.account} /> },
            { label: t("region"), value: preview.region },
            { label: t("agree-step"), value: t(`step-${step}-title`) },
          ]}
        />
        <Box variant="p">{t(kind === "run" ? "agree-about" : "agree-undo-about")}</Box>
        {preview.steps.map((of) => (
          <section key={of.step} data-testid={`agree-${of.step}`}>
            {preview.steps.length > 1 ? <Box variant="h3">{t(`step-${of.step}-title`)}</Box> : null}
            <PreviewTable preview={of.preview} />
          </section>
        ))}
      </SpaceBetween>
    </Modal>
  );
}
