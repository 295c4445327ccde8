/** The panel at the right: one finding in full. It stands over the page, which stays in reach. */
import Button from "@cloudscape-design/components/button";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { EmptyState } from "../components/EmptyState";
import { ProblemAlert } from "../components/ProblemAlert";
import { SeverityBadge } from "../components/SeverityBadge";
import { Loading } from "../components/Loading";
import { useT } from "../i18n/context";
import { commands, type Finding } from "../ipc/client";
import { useIpc } from "../ipc/useIpc";
import type { Opened } from "./details";
import { FindingDetails } from "./FindingDetails";
import { LOG4SHELL } from "./log4shell";
import "./results.css";

interface FindingPanelProps {
  opened: Opened;
  onClose: () => void;
}

export default function FindingPanel({ opened, onClose }: FindingPanelProps) {
  const { t } = useT();
  const heading = useRef<HTMLHeadingElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const title = useId();
  const top = useTop();
  const asked = useIpc(() => commands.finding(opened.scan, opened.arn), `${opened.scan} ${opened.arn}`);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    body.current?.scrollTo({ top: 0 });
  }, [opened]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector('[aria-modal="true"]')) onClose();
    };
    window.addEventListener("keydown", press);
    return () => { window.removeEventListener("keydown", press); };
  }, [onClose]);
  const finding = asked.data?.arn === opened.arn ? asked.data : null;
  return createPortal(
    <aside className="lab-panel" style={{ insetBlockStart: top }} role="dialog" aria-modal="false" aria-labelledby={title} data-finding-panel data-testid="details">
      <header>
        <div>
          <h2 ref={heading} tabIndex={-1} id={title}>
            {finding ? (finding.vulnerability.id ?? finding.title) : t("details")}
          </h2>
          {finding ? <Marks finding={finding} /> : null}
        </div>
        <Button variant="icon" iconName="close" ariaLabel={t("details-close")} onClick={onClose} data-testid="details-close" />
      </header>
      <div className="lab-panel-body" ref={body} tabIndex={0} role="region" aria-labelledby={title}>
        {asked.problem ? <ProblemAlert problem={asked.problem} title={t("details-failed")} onRetry={asked.reload} /> : null}
        {finding ? <FindingDetails finding={finding} /> : asked.loading ? <Loading /> : asked.problem ? null : <EmptyState text={t("details-gone")} />}
      </div>
    </aside>,
    document.body,
  );
}

/** What matters most, at a glance. */
function Marks({ finding }: { finding: Finding }) {
  const { t } = useT();
  return (
    <div className="lab-marks">
      <SeverityBadge severity={finding.severity} />
      {finding.vulnerability.id === LOG4SHELL ? <span className="lab-mark-name">{t("log4shell")}</span> : null}
      {finding.kev ? <span className="lab-kev">{t("kev-long")}</span> : null}
      {finding.exploitAvailable === "YES" ? <span className="lab-mark">{t("details-exploit-public")}</span> : null}
      {finding.fixAvailable === "YES" ? <span className="lab-mark">{t("details-fix-there")}</span> : null}
    </div>
  );
}

/** Below the top bar, however high that is: the mode badge is never covered. */
function useTop(): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const bar = document.querySelector("#top-bar");
    const measure = () => { setTop(bar ? Math.max(0, bar.getBoundingClientRect().bottom) : 0); };
    measure();
    if (!bar) return;
    const watch = new ResizeObserver(measure);
    watch.observe(bar);
    return () => { watch.disconnect(); };
  }, []);
  return top;
}
