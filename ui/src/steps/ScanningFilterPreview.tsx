/** The filter lens: type a filter, and see at once which repositories it would watch, and why. */
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

/** Filters that show the rules, one of each sort. */
const TRIES = ["prod", "*prod", "*-prod", "prod*", "eks-*-prod", "*"];

export function ScanningFilterPreview({ open }: { open: boolean }) {
  const { t, message, number } = useT();
  const { plan } = useRun();
  const [filter, setFilter] = useState(plan.filter);
  const asked = useIpc(() => commands.filterPreview(filter), `${filter} ${JSON.stringify(plan)}`);
  const { changing, problem, change } = usePlan();
  const lens = asked.data;
  const matched = lens?.names.filter((name) => name.matches).length ?? 0;
  const said = lens?.valid
    ? t("lens-count", { matched: number(matched), all: number(lens.names.length) })
    : lens?.problem
      ? message(lens.problem)
      : "";
  return (
    <section aria-label={t("lens-title")} data-testid="lens">
      <SpaceBetween size="s">
        <FormField
          label={t("lens-title")}
          info={<InfoLink topic="filters" />}
          description={t("lens-about")}
          errorText={lens?.problem && !lens.valid ? message(lens.problem) : undefined}
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
              disabled={!open || filter === plan.filter || lens?.valid !== true}
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
          {[...new Set([plan.filter, ...TRIES])].map((one) => (
            <button key={one} type="button" aria-pressed={one === filter} onClick={() => { setFilter(one); }}>
              <code translate="no">{one}</code>
            </button>
          ))}
        </div>
        {open ? null : <Box color="text-body-secondary">{t("scanning-plan-fixed")}</Box>}
        {problem ? <ProblemAlert problem={problem} title={t("scanning-plan-failed")} /> : null}
        {asked.problem ? <ProblemAlert problem={asked.problem} onRetry={asked.reload} /> : null}
        <LiveRegion hidden>
          {said}
        </LiveRegion>
        {lens ? <ScanningFilterNames lens={lens} count={lens.valid ? said : ""} /> : null}
        <ExpandableSection headerText={t("rules-title")} variant="footer">
          <FilterRules />
        </ExpandableSection>
      </SpaceBetween>
    </section>
  );
}
