/** Saving what the filter matches, whole: for programs, spreadsheets, code scanning. */
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT } from "../i18n/context";
import { asProblem, commands, type Format, type IpcError, type Query } from "../ipc/client";

const FORMATS: readonly Format[] = ["json", "csv", "sarif"];

export interface Exporting {
  busy: boolean;
  saved: string | null;
  problem: IpcError | null;
  save: (format: Format) => void;
}

/** Saves what `query` matches, all pages of it. */
export function useExport(query: Query): Exporting {
  const [state, setState] = useState<Omit<Exporting, "save">>({ busy: false, saved: null, problem: null });
  // The same function for every query: the table's header is not drawn anew at every letter.
  const newest = useRef(query);
  useEffect(() => {
    newest.current = query;
  });
  const save = useCallback((format: Format) => {
    setState({ busy: true, saved: null, problem: null });
    commands.exportFindings(newest.current, format).then(
      (saved) => { setState({ busy: false, saved: saved?.path ?? null, problem: null }); },
      (thrown: unknown) => { setState({ busy: false, saved: null, problem: asProblem(thrown) }); },
    );
  }, []);
  return useMemo(() => ({ ...state, save }), [state, save]);
}

export function ExportButton({ exporting }: { exporting: Exporting }) {
  const { t } = useT();
  return (
    <ButtonDropdown
      loading={exporting.busy}
      expandToViewport
      items={FORMATS.map((format) => ({ id: format, text: t(`export-${format}`), secondaryText: t(`export-${format}-about`) }))}
      onItemClick={({ detail }) => {
        const format = FORMATS.find((one) => one === detail.id);
        if (format) exporting.save(format);
      }}
      data-testid="export"
    >
      {t("export")}
    </ButtonDropdown>
  );
}

export function ExportResult({ exporting }: { exporting: Exporting }) {
  const { t } = useT();
  return (
    <div role="status">
      {exporting.saved === null ? null : (
        <p className="lab-saved" data-testid="export-saved">
          {t("saved-to", { path: exporting.saved })}
        </p>
      )}
      {exporting.problem ? <ProblemAlert problem={exporting.problem} /> : null}
    </div>
  );
}
