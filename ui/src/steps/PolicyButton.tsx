/** A button that shows the least-privilege IAM policy of the run, as JSON and as Terraform, to copy. */
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useState } from "react";
import { CopyButton } from "../components/CopyButton";
import { Loading } from "../components/Loading";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT } from "../i18n/context";
import { commands } from "../ipc/client";
import { useIpc } from "../ipc/useIpc";
import styles from "./PolicyButton.module.css";

export function PolicyButton() {
  const { t } = useT();
  const [shown, setShown] = useState(false);
  return (
    <>
      <Button iconName="lock-private" onClick={() => { setShown(true); }} data-testid="show-policy">
        {t("policy-show")}
      </Button>
      {shown && <PolicyDialog onClose={() => { setShown(false); }} />}
    </>
  );
}

function PolicyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useT();
  const { data, problem, loading, reload } = useIpc(() => commands.iamPolicy(), "policy");
  return (
    <Modal
      visible
      size="large"
      header={t("policy-title")}
      onDismiss={onClose}
      data-testid="policy"
      footer={
        <Box float="right">
          <Button variant="primary" onClick={onClose} data-testid="close">
            {t("close")}
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Box variant="p" padding="n">{t("policy-about")}</Box>
        {problem !== null && <ProblemAlert problem={problem} onRetry={reload} />}
        {loading && data === null && <Loading />}
        {data !== null && (
          <Tabs
            ariaLabel={t("policy-title")}
            tabs={[
              { id: "json", label: t("policy-json"), content: <PolicyText text={data.json} label={t("policy-json")} /> },
              { id: "terraform", label: t("policy-terraform"), content: <PolicyText text={data.terraform} label={t("policy-terraform")} /> },
            ]}
          />
        )}
      </SpaceBetween>
    </Modal>
  );
}

function PolicyText({ text, label }: { text: string; label: string }) {
  const { t } = useT();
  return (
    <SpaceBetween size="s">
      <CopyButton text={text} label={t("policy-copy", { form: label })} testId="copy-policy">
        {t("policy-copy", { form: label })}
      </CopyButton>
      <pre className={styles.text} tabIndex={0} role="region" aria-label={label} data-testid="policy-text">
        {text}
      </pre>
    </SpaceBetween>
  );
}
