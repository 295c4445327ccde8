/** The transcript panel: every call and command with its service, duration and result, in the order in which they ended. */
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Select from "@cloudscape-design/components/select";
import SplitPanel from "@cloudscape-design/components/split-panel";
import Toggle from "@cloudscape-design/components/toggle";
import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { CopyButton } from "../components/CopyButton";
import { EmptyState } from "../components/EmptyState";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT, type Translator } from "../i18n/context";
import { useMasked } from "../i18n/mask";
import { STEPS, type Entry, type Service, type StepId } from "../ipc/client";
import type { Transcript } from "./useTranscript";
import styles from "./TranscriptPanel.module.css";
import table from "../components/table.module.css";
import a11y from "../components/a11y.module.css";
import { classNames } from "../theme/classNames";

const ENDING_STYLES = { ok: styles.endingOk, error: styles.endingError, cancelled: styles.endingCancelled };
const SERVICES: readonly Service[] = ["ecr", "inspector", "iam", "sts", "engine", "lab"];
/** The newest entries shown at first; a button shows the earlier ones. */
const INITIAL_ENTRIES = 400;

interface Filter {
  step: StepId | null;
  service: Service | null;
  errors: boolean;
}

interface TranscriptPanelProps {
  transcript: Transcript;
  /** The panel's height, in CSS pixels: the entries scroll within it, the table head and the tools stay. */
  size: number;
}

export default function TranscriptPanel({ transcript, size }: TranscriptPanelProps) {
  const { t } = useT();
  const { entries, problem, reload } = transcript;
  const [filter, setFilter] = useState<Filter>({ step: null, service: null, errors: false });
  const matching = useMemo(() => entries.filter((entry) => matches(entry, filter)), [entries, filter]);
  return (
    <SplitPanel
      header={t("transcript-title", { count: entries.length })}
      hidePreferencesButton
      closeBehavior="hide"
      i18nStrings={{
        closeButtonAriaLabel: t("transcript-close"),
        openButtonAriaLabel: t("transcript-open"),
        resizeHandleAriaLabel: t("transcript-resize"),
      }}
    >
      <div data-testid="transcript" className={styles.panel} style={{ blockSize: `${size - 96}px` }}>
        {problem ? <ProblemAlert problem={problem} onRetry={reload} /> : null}
        <Tools matching={matching} all={entries.length} filter={filter} onFilter={setFilter} />
        <Entries matching={matching} empty={entries.length === 0} />
      </div>
    </SplitPanel>
  );
}

interface ToolsProps {
  matching: readonly Entry[];
  all: number;
  filter: Filter;
  onFilter: (filter: Filter) => void;
}

function Tools({ matching, all, filter, onFilter }: ToolsProps) {
  const translator = useT();
  const { t } = translator;
  const mask = useMasked();
  return (
    <div className={styles.tools}>
      <span className={styles.count} role="status">
        {matching.length === all ? "" : t("transcript-count", { shown: matching.length, all })}
      </span>
      <Choice
        label={t("transcript-step")}
        allLabel={t("transcript-every-step")}
        values={STEPS}
        chosen={filter.step}
        nameOf={(step) => t(`step-${step}-title`)}
        onChoose={(step) => { onFilter({ ...filter, step }); }}
      />
      <Choice
        label={t("transcript-service")}
        allLabel={t("transcript-every-service")}
        values={SERVICES}
        chosen={filter.service}
        nameOf={(service) => t(`service-${service}`)}
        onChoose={(service) => { onFilter({ ...filter, service }); }}
      />
      <Toggle checked={filter.errors} onChange={({ detail }) => { onFilter({ ...filter, errors: detail.checked }); }}>
        {t("transcript-errors")}
      </Toggle>
      <CopyButton text={() => matching.map((entry) => textOf(entry, translator, mask)).join("\n")} label={t("transcript-copy-all")} />
    </div>
  );
}

function Entries({ matching, empty }: { matching: readonly Entry[]; empty: boolean }) {
  const { t } = useT();
  const mask = useMasked();
  const [all, setAll] = useState(false);
  const shown = all ? matching : matching.slice(-INITIAL_ENTRIES);
  const hidden = matching.length - shown.length;
  const { end, following, follow } = useFollow(shown.length);
  if (matching.length === 0) return <EmptyState icon="script" text={t(empty ? "transcript-empty" : "transcript-no-match")} />;
  return (
    <div className={styles.lines}>
      {hidden > 0 ? (
        <Box textAlign="center">
          <Button variant="inline-link" onClick={() => { setAll(true); }}>
            {t("transcript-earlier", { count: hidden })}
          </Button>
        </Box>
      ) : null}
      <table className={classNames(table.table, styles.table)}>
        <caption className={a11y.visuallyHidden}>{t("transcript-caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("transcript-time")}</th>
            <th scope="col">{t("transcript-service")}</th>
            <th scope="col">{t("transcript-operation")}</th>
            <th scope="col">{t("transcript-ending")}</th>
            <th scope="col">{t("transcript-took")}</th>
            <th scope="col">{t("transcript-detail")}</th>
            <th scope="col">
              <span className={a11y.visuallyHidden}>{t("transcript-copy-line")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((entry) => (
            <Line key={entry.number} entry={entry} mask={mask} />
          ))}
        </tbody>
      </table>
      <div ref={end} />
      {following ? null : (
        <div className={styles.follow}>
          <Button iconName="arrow-down" onClick={follow}>
            {t("transcript-follow")}
          </Button>
        </div>
      )}
    </div>
  );
}

const Line = memo(function Line({ entry, mask }: { entry: Entry; mask: (text: string) => string }) {
  const translator = useT();
  const { t, clock } = translator;
  const { ending } = entry;
  return (
    <>
      <tr data-outcome={ending.outcome}>
        <td className={styles.figure}>{clock(entry.startedAt)}</td>
        <td>{t(`service-${entry.service}`)}</td>
        <td translate="no">
          <code>{entry.operation}</code>
        </td>
        <td>
          <span className={ENDING_STYLES[ending.outcome]}>
            {ending.outcome === "error" ? ending.code : t(`ending-${ending.outcome}`)}
          </span>
        </td>
        <td className={styles.figure}>{translator.millis(entry.millis)}</td>
        <td translate="no" className={styles.detail}>
          <div>{mask(entry.detail)}</div>
        </td>
        <td>
          <CopyButton text={() => textOf(entry, translator, mask)} label={t("transcript-copy-line")} />
        </td>
      </tr>
      {ending.outcome === "error" ? (
        <tr className={styles.error}>
          <td colSpan={7} translate="no">
            {mask(ending.message)}
          </td>
        </tr>
      ) : null}
    </>
  );
});

interface ChoiceProps<T extends string> {
  label: string;
  allLabel: string;
  values: readonly T[];
  chosen: T | null;
  nameOf: (value: T) => string;
  onChoose: (value: T | null) => void;
}

function Choice<T extends string>({ label, allLabel, values, chosen, nameOf, onChoose }: ChoiceProps<T>) {
  const options = [{ value: "", label: allLabel }, ...values.map((value) => ({ value, label: nameOf(value) }))];
  return (
    <Select
      ariaLabel={label}
      options={options}
      selectedOption={options.find((option) => option.value === (chosen ?? "")) ?? null}
      onChange={({ detail }) => { onChoose(values.find((value) => value === detail.selectedOption.value) ?? null); }}
    />
  );
}

/** Keeps the newest entry visible until the user scrolls up. */
function useFollow(length: number) {
  const end = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);
  useEffect(() => {
    const box = scrollContainer(end.current);
    if (!box) return;
    const onScroll = () => { setFollowing(box.scrollHeight - box.scrollTop - box.clientHeight < 32); };
    box.addEventListener("scroll", onScroll, { passive: true });
    return () => { box.removeEventListener("scroll", onScroll); };
  }, []);
  const follow = useCallback(() => {
    const box = scrollContainer(end.current);
    if (box) box.scrollTop = box.scrollHeight;
  }, []);
  useLayoutEffect(() => {
    if (!following) return;
    follow();
    // Again after layout, when the panel has its final height.
    const frame = requestAnimationFrame(follow);
    return () => { cancelAnimationFrame(frame); };
  }, [length, following, follow]);
  return { end, following, follow };
}

/** The nearest scrolling ancestor of an element, except the page itself. */
function scrollContainer(element: HTMLElement | null): HTMLElement | null {
  for (let box = element?.parentElement; box && box !== document.body; box = box.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(box).overflowY)) return box;
  }
  return null;
}

function matches(entry: Entry, filter: Filter): boolean {
  if (filter.step !== null && entry.step !== filter.step) return false;
  if (filter.service !== null && entry.service !== filter.service) return false;
  return !filter.errors || entry.ending.outcome === "error";
}

function textOf(entry: Entry, { clock, t, millis }: Translator, mask: (text: string) => string): string {
  const ending = entry.ending.outcome === "error" ? `${entry.ending.code}: ${mask(entry.ending.message)}` : t(`ending-${entry.ending.outcome}`);
  return [clock(entry.startedAt), t(`service-${entry.service}`), entry.operation, mask(entry.detail), millis(entry.millis), ending].join("\t");
}
