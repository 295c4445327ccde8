/** The panel at the right with all details of one finding. It covers part of the page, which stays usable. */
import Button from "@cloudscape-design/components/button";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { EmptyState } from "../components/EmptyState";
import { ProblemAlert } from "../components/ProblemAlert";
import { SeverityBadge } from "../components/SeverityBadge";
import { Loading } from "../components/Loading";
import { useT } from "../i18n/context";
import { commands, type Finding } from "../ipc/client";
import { isComposing } from "../lab/composition";
import { isModalOpen } from "../lab/modal";
import { useIpc } from "../ipc/useIpc";
import type { OpenFinding } from "./details";
import { FindingDetails } from "./FindingDetails";
import { LOG4SHELL } from "./log4shell";
import shared from "./shared.module.css";
import styles from "./FindingPanel.module.css";

interface FindingPanelProps {
  open: OpenFinding;
  onClose: () => void;
}

export default function FindingPanel({ open, onClose }: FindingPanelProps) {
  const { t } = useT();
  const heading = useRef<HTMLHeadingElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const title = useId();
  const top = useTop();
  const [full, setFull] = useState(false);
  const query = useIpc(() => commands.finding(open.scan, open.arn), `${open.scan} ${open.arn}`);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    body.current?.scrollTo({ top: 0 });
  }, [open]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || isComposing(event) || isModalOpen()) return;
      if (full) setFull(false);
      else onClose();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => { window.removeEventListener("keydown", onKeyDown); };
  }, [onClose, full]);
  const finding = query.data?.arn === open.arn ? query.data : null;
  return createPortal(
    <aside className={styles.panel} data-full={full} style={{ insetBlockStart: top }} role="dialog" aria-modal="false" aria-labelledby={title} data-finding-panel data-testid="details">
      <header>
        <div>
          <h2 ref={heading} tabIndex={-1} id={title}>
            {finding ? (finding.vulnerability.id ?? finding.title) : t("details")}
          </h2>
          {finding ? <Marks finding={finding} /> : null}
        </div>
        <span className={styles.tools}>
          <Button
            variant="icon"
            iconName={full ? "exit-full-screen" : "full-screen"}
            ariaLabel={t(full ? "details-part" : "details-full")}
            onClick={() => { setFull(!full); }}
            data-testid="details-full"
          />
          <Button variant="icon" iconName="close" ariaLabel={t("details-close")} onClick={onClose} data-testid="details-close" />
        </span>
      </header>
      <div className={styles.body} ref={body} tabIndex={0} role="region" aria-labelledby={title}>
        {query.problem ? <ProblemAlert problem={query.problem} title={t("details-failed")} onRetry={query.reload} /> : null}
        {finding ? <FindingDetails finding={finding} /> : query.loading ? <Loading /> : query.problem ? null : <EmptyState text={t("details-gone")} />}
      </div>
    </aside>,
    document.body,
  );
}

/** The most important facts at a glance. */
function Marks({ finding }: { finding: Finding }) {
  const { t } = useT();
  return (
    <div className={styles.marks}>
      <SeverityBadge severity={finding.severity} />
      {finding.vulnerability.id === LOG4SHELL ? <span className={styles.markName}>{t("log4shell")}</span> : null}
      {finding.kev ? <span className={shared.kev}>{t("kev-long")}</span> : null}
      {finding.kev || finding.detailsRead ? null : <span className={shared.mark}>{t("kev-unknown")}</span>}
      {finding.status === "SUPPRESSED" ? <span className={shared.mark}>{t("finding-suppressed")}</span> : null}
      {finding.exploitAvailable === "YES" ? <span className={shared.mark}>{t("details-exploit-public")}</span> : null}
      {finding.fixAvailable === "YES" ? <span className={shared.mark}>{t("details-fix-there")}</span> : null}
    </div>
  );
}

/** The bottom edge of the top bar, so that the mode badge is never covered. */
function useTop(): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const bar = document.querySelector("#top-bar");
    const updateTop = () => { setTop(bar ? Math.max(0, bar.getBoundingClientRect().bottom) : 0); };
    updateTop();
    if (!bar) return;
    const observer = new ResizeObserver(updateTop);
    observer.observe(bar);
    return () => { observer.disconnect(); };
  }, []);
  return top;
}
