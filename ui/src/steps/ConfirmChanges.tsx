/** Asks the user to confirm changes in their own account: where, what will be changed, at what cost, and what can be undone. */
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { PreviewTable } from "../components/PreviewTable";
import { useT } from "../i18n/context";
import type { Caution, Confirmation, JobKind, RunPreview, StepId } from "../ipc/client";
import { isComposing } from "../lab/composition";
import { AccountFacts, Consequences, ScannedRepositories } from "./RunPreviewParts";

interface ConfirmChangesProps {
  step: StepId;
  kind: JobKind;
  /** What the whole run would change, or the one step that has become different. */
  preview: RunPreview;
  /** `null` if the user declines. */
  onAnswer: (confirmation: Confirmation | null) => void;
}

export function ConfirmChanges({ step, kind, preview, onAnswer }: ConfirmChangesProps) {
  const { t } = useT();
  const [digits, setDigits] = useState("");
  const [asksAgain, setAsksAgain] = useState(false);
  // Of several steps, one that changes nothing is left out.
  const changing = preview.steps.filter((of) => preview.steps.length === 1 || of.preview.changes.length > 0);
  const confirmed = digits.trim() === preview.account.slice(-4);
  const answer = (despiteCautions: boolean) => { onAnswer({ account: { kind: "typed", digits }, despiteCautions }); };
  const confirm = () => {
    if (!confirmed) return;
    if (preview.cautions.length > 0) setAsksAgain(true);
    else answer(false);
  };
  if (asksAgain) {
    return <ConfirmAgain cautions={preview.cautions} onAnswer={(yes) => { if (yes) answer(true); else onAnswer(null); }} />;
  }
  return (
    <Modal
      visible
      size="max"
      header={t(kind === "run" ? "agree-title" : "agree-undo-title")}
      onDismiss={() => { onAnswer(null); }}
      data-testid="agree"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={() => { onAnswer(null); }} data-testid="agree-no">
              {t("agree-no")}
            </Button>
            <Button variant="primary" disabled={!confirmed} onClick={confirm} data-testid="agree-yes">
              {t(kind === "run" ? "agree-yes" : "agree-undo-yes")}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="l">
        <AccountFacts preview={preview} step={step} />
        <Cautions cautions={preview.cautions} />
        <Box variant="p" padding="n">{t(kind === "run" ? "agree-about" : "agree-undo-about")}</Box>
        {changing.map((of) => (
          <section key={of.step} data-testid={`agree-${of.step}`}>
            {changing.length > 1 ? <Box variant="h3">{t(`step-${of.step}-title`)}</Box> : null}
            {of.step === "scanning" ? <Box color="text-body-secondary">{t("agree-registry")}</Box> : null}
            <PreviewTable preview={of.preview} />
          </section>
        ))}
        {preview.scanning ? <ScannedRepositories scanning={preview.scanning} /> : null}
        <Consequences preview={preview} />
        <FormField label={t("agree-digits")} description={t("agree-digits-about")}>
          <Input
            value={digits}
            inputMode="numeric"
            autoComplete={false}
            onChange={({ detail }) => { setDigits(detail.value); }}
            onKeyDown={({ detail }) => { if (detail.key === "Enter" && !isComposing(detail)) confirm(); }}
            data-testid="agree-digits"
          />
        </FormField>
      </SpaceBetween>
    </Modal>
  );
}

/** The second question, for an account that the user has excluded or that looks like production. */
function ConfirmAgain({ cautions, onAnswer }: { cautions: readonly Caution[]; onAnswer: (yes: boolean) => void }) {
  const { t } = useT();
  return (
    <Modal
      visible
      header={t("agree-caution-title")}
      onDismiss={() => { onAnswer(false); }}
      data-testid="caution"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="primary" onClick={() => { onAnswer(false); }} data-testid="caution-no">
              {t("agree-no")}
            </Button>
            <Button onClick={() => { onAnswer(true); }} data-testid="caution-yes">
              {t("agree-caution-yes")}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Box variant="p" padding="n">{t("agree-caution-about")}</Box>
        <Cautions cautions={cautions} />
      </SpaceBetween>
    </Modal>
  );
}

function Cautions({ cautions }: { cautions: readonly Caution[] }) {
  const { t } = useT();
  return (
    <>
      {cautions.map((caution) => (
        <Alert key={caution.kind === "neverHere" ? caution.kind : caution.of} type="error">
          {caution.kind === "neverHere" ? t("caution-never-here") : t("caution-production", { of: caution.of, name: caution.name })}
        </Alert>
      ))}
    </>
  );
}
