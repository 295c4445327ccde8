/** The end of the lab: its lessons and the evidence pack to save. */
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import LiveRegion from "@cloudscape-design/components/live-region";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT } from "../i18n/context";
import { asProblem, commands, type IpcError, type ReportFormat } from "../ipc/client";
import { useToasts } from "../lab/toast";
import styles from "./CleanupFinish.module.css";
import { ButtonRow } from "../components/ButtonRow";

const LESSONS = ["watched", "same", "gone", "ends", "returned"];

export function CleanupFinish({ finished }: { finished: boolean }) {
  const { t } = useT();
  return (
    <Container header={<Header variant="h2">{t(finished ? "finish-title" : "evidence-title")}</Header>}>
      <SpaceBetween size="m">
        {finished ? (
          <div data-testid="finished">
            <p className={styles.lead}>{t("finish-lead")}</p>
            <ul className={styles.lessons}>
              {LESSONS.map((lesson) => (
                <li key={lesson}>{t(`finish-lesson-${lesson}`)}</li>
              ))}
            </ul>
          </div>
        ) : null}
        <Evidence />
      </SpaceBetween>
    </Container>
  );
}

/** Saves the evidence pack in the current language. */
function Evidence() {
  const { t, lang } = useT();
  const [saving, setSaving] = useState<ReportFormat | null>(null);
  const [saved, setSaved] = useState<{ format: ReportFormat; path: string } | null>(null);
  const [problem, setProblem] = useState<IpcError | null>(null);
  const { show } = useToasts();
  const open = () => { commands.openReport().catch((thrown: unknown) => { setProblem(asProblem(thrown)); }); };
  const save = (format: ReportFormat) => {
    setSaving(format);
    setSaved(null);
    setProblem(null);
    commands
      .saveReport(format, lang)
      .then((file) => {
        setSaved(file && { format, path: file.path });
        if (file) show(t("evidence-saved", { path: file.path }), format === "html" ? { label: t("evidence-open"), act: open } : null);
      })
      .catch((thrown: unknown) => { setProblem(asProblem(thrown)); })
      .finally(() => { setSaving(null); });
  };
  return (
    <SpaceBetween size="s">
      <Box variant="p" color="text-body-secondary" padding="n">
        {t("evidence-about")}
      </Box>
      <ButtonRow>
        {(["html", "json"] as const).map((format) => (
          <Button
            key={format}
            iconName="download"
            loading={saving === format}
            disabled={saving !== null}
            onClick={() => { save(format); }}
            data-testid={`export-report-${format}`}
          >
            {t(`evidence-save-${format}`)}
          </Button>
        ))}
      </ButtonRow>
      <LiveRegion>
        {saved === null ? null : (
          <SpaceBetween size="xs">
            <StatusIndicator type="success" wrapText>
              {t("evidence-saved", { path: saved.path })}
            </StatusIndicator>
            {saved.format === "html" ? (
              <Button iconName="external" onClick={open} data-testid="open-report">
                {t("evidence-open")}
              </Button>
            ) : null}
          </SpaceBetween>
        )}
      </LiveRegion>
      {problem ? <ProblemAlert problem={problem} title={t("evidence-failed")} /> : null}
    </SpaceBetween>
  );
}
