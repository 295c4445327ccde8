/** Saves all findings that the filter matches, as JSON, CSV or SARIF. */
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT } from "../i18n/context";
import { asProblem, commands, type Format, type IpcError, type Query } from "../ipc/client";
import { useToasts } from "../lab/toast";
import styles from "./Export.module.css";

const FORMATS: readonly Format[] = ["json", "csv", "sarif"];

export interface ExportState {
  busy: boolean;
  /** The path of the saved file. */
  path: string | null;
  problem: IpcError | null;
  save: (format: Format) => void;
}

/** Saves everything that `query` matches, on all pages. */
export function useExport(query: Query): ExportState {
  const [state, setState] = useState<Omit<ExportState, "save">>({ busy: false, path: null, problem: null });
  const { t } = useT();
  const { show } = useToasts();
  // `save` is the same function for every query, so that the header of the table does not render again at every keystroke.
  const newest = useRef(query);
  useEffect(() => {
    newest.current = query;
  });
  const save = useCallback((format: Format) => {
    setState({ busy: true, path: null, problem: null });
    commands.exportFindings(newest.current, format).then(
      (file) => {
        setState({ busy: false, path: file?.path ?? null, problem: null });
        if (file) show(t("saved-to", { path: file.path }));
      },
      (thrown: unknown) => { setState({ busy: false, path: null, problem: asProblem(thrown) }); },
    );
  }, [t, show]);
  return useMemo(() => ({ ...state, save }), [state, save]);
}

export function ExportButton({ exporting }: { exporting: ExportState }) {
  const { t } = useT();
  return (
    <ButtonDropdown
      loading={exporting.busy}
      expandToViewport
      items={FORMATS.map((format) => ({ id: format, text: t(`export-${format}`), secondaryText: t(`export-${format}-about`) }))}
      onItemClick={({ detail }) => {
        const format = FORMATS.find((other) => other === detail.id);
        if (format) exporting.save(format);
      }}
      data-testid="export"
    >
      {t("export")}
    </ButtonDropdown>
  );
}

export function ExportResult({ exporting }: { exporting: ExportState }) {
  const { t } = useT();
  return (
    <div role="status">
      {exporting.path === null ? null : (
        <p className={styles.saved} data-testid="export-saved">
          {t("saved-to", { path: exporting.path })}
        </p>
      )}
      {exporting.problem ? <ProblemAlert problem={exporting.problem} /> : null}
    </div>
  );
}
