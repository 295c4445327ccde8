/** The filter preview: shows which repositories a filter would match while it is typed, and why. */
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import LiveRegion from "@cloudscape-design/components/live-region";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { InfoLink } from "../components/InfoLink";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT } from "../i18n/context";
import { commands } from "../ipc/client";
import { useIpc } from "../ipc/useIpc";
import { useRun } from "../lab/state";
import { ScanningFilterNames } from "./ScanningFilterNames";
import { FilterRules } from "./FilterRules";
import { usePlan } from "./usePlan";
import styles from "./ScanningFilterPreview.module.css";

/** Example filters, example for each kind of pattern. */
const EXAMPLES = ["prod", "*prod", "*-prod", "prod*", "eks-*-prod", "*"];

export function ScanningFilterPreview({ open }: { open: boolean }) {
  const { t, message, number } = useT();
  const { plan } = useRun();
  const [filter, setFilter] = useState(plan.filter);
  const query = useIpc(() => commands.filterPreview(filter), `${filter} ${JSON.stringify(plan)}`);
  const { changing, problem, change } = usePlan();
  const preview = query.data;
  const matched = preview?.names.filter((name) => name.matches).length ?? 0;
  const summary = preview?.valid
    ? t("lens-count", { matched: number(matched), all: number(preview.names.length) })
    : preview?.problem
      ? message(preview.problem)
      : "";
  return (
    <section aria-label={t("lens-title")} data-testid="lens">
      <SpaceBetween size="s">
        <FormField
          label={t("lens-title")}
          info={<InfoLink topic="filters" />}
          description={t("lens-about")}
          errorText={preview?.problem && !preview.valid ? message(preview.problem) : undefined}
          constraintText={t("lens-constraint")}
          stretch
        >
          <div className={styles.field}>
            <Input
              value={filter}
              onChange={({ detail }) => { setFilter(detail.value); }}
              type="search"
              clearAriaLabel={t("lens-clear")}
              spellcheck={false}
              autoComplete={false}
              placeholder={plan.filter}
              data-testid="lens-filter"
            />
            <Button
              disabled={!open || filter === plan.filter || preview?.valid !== true}
              loading={changing}
              onClick={() => { change({ filter }); }}
              data-testid="lens-use"
            >
              {t(filter === plan.filter ? "lens-in-use" : "lens-use")}
            </Button>
          </div>
        </FormField>
        <div className={styles.examples} role="group" aria-label={t("lens-tries")}>
          <span aria-hidden="true">{t("lens-tries")}</span>
          {[...new Set([plan.filter, ...EXAMPLES])].map((example) => (
            <button key={example} type="button" aria-pressed={example === filter} onClick={() => { setFilter(example); }}>
              <code translate="no">{example}</code>
            </button>
          ))}
        </div>
        {open ? null : <Box color="text-body-secondary">{t("scanning-plan-fixed")}</Box>}
        {problem ? <ProblemAlert problem={problem} title={t("scanning-plan-failed")} /> : null}
        {query.problem ? <ProblemAlert problem={query.problem} onRetry={query.reload} /> : null}
        <LiveRegion hidden>
          {summary}
        </LiveRegion>
        {preview ? <ScanningFilterNames preview={preview} count={preview.valid ? summary : ""} /> : null}
        <ExpandableSection headerText={t("rules-title")} variant="footer">
          <FilterRules />
        </ExpandableSection>
      </SpaceBetween>
    </section>
  );
}
