/** The one search of the findings, for words and conditions, and what a row of the table is. */
import PropertyFilter, { type PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import SegmentedControl, { type SegmentedControlProps } from "@cloudscape-design/components/segmented-control";
import { memo, useCallback, useMemo, useRef, useState } from "react";
import { useComposedText } from "../components/useComposedText";
import { useT } from "../i18n/context";
import { commands, type Scope, type View } from "../ipc/client";
import type { FilterQuery } from "./filterQuery";
import { filteringProperties, formatCondition, formatValue, isProperty, VALUES } from "./properties";
import { understandFilter, type Understood } from "./searchText";
import type { Vocabulary } from "./vocabulary";
import styles from "./FindingsFilter.module.css";

interface FindingsFilterProps {
  scope: Scope;
  filter: FilterQuery;
  view: View;
  vocabulary: Vocabulary;
  /** What the text that is being typed asks for. */
  search: Understood;
  /** The text with the number of matches; null while nothing is filtered. */
  countText: string | null;
  /** The search is emptied when it changes. */
  cleared: number;
  onTyped: (text: string) => void;
  onFilter: (filter: FilterQuery) => void;
  onView: (view: View) => void;
}

/** The design system fills the chosen segment as it fills a primary button, which only the next thing to do may look like. */
const CHOSEN_SEGMENT: SegmentedControlProps.Style = { segment: { background: { active: "var(--lab-selected)" }, color: { active: "var(--lab-text)" } } };

export const FindingsFilter = memo(function FindingsFilter(props: FindingsFilterProps) {
  const { scope, filter, view, vocabulary, search, countText, cleared, onTyped, onFilter, onView } = props;
  const translator = useT();
  const { t } = translator;
  const conditions = search.conditions.map((condition) => formatCondition(condition, translator)).join(" · ");
  return (
    <div className={styles.filter}>
      {/* Above the search, and with room for the count: neither moves when it appears, nor when conditions are added below. */}
      <div className={styles.line}>
        <div data-testid="view">
          <SegmentedControl
            label={t("filter-view")}
            selectedId={view}
            style={CHOSEN_SEGMENT}
            options={[
              { id: "instances", text: t("view-instances") },
              { id: "unique", text: t("view-unique") },
            ]}
            onChange={({ detail }) => { onView(detail.selectedId === "unique" ? "unique" : "instances"); }}
          />
        </div>
        <p className={styles.count} role="status" data-testid="matches">
          {conditions === "" ? null : <span className={styles.understood}>{conditions}</span>}
          {countText}
        </p>
      </div>
      <Search key={cleared} scope={scope} filter={filter} vocabulary={vocabulary} onTyped={onTyped} onFilter={onFilter} />
    </div>
  );
});

interface Options {
  options: PropertyFilterProps.FilteringOption[];
  status: PropertyFilterProps.StatusType;
}

const MAX_VALUES = 100;

type SearchProps = Pick<FindingsFilterProps, "scope" | "filter" | "vocabulary" | "onTyped" | "onFilter">;

/** Keeps its own text, so that each letter appears before any request is sent. */
const Search = memo(function Search({ scope, filter, vocabulary, onTyped, onFilter }: SearchProps) {
  const translator = useT();
  const { t } = translator;
  const properties = useMemo(() => filteringProperties(translator), [translator]);
  const [{ options, status }, setOptions] = useState<Options>({ options: [], status: "finished" });
  const newestLoad = useRef(0);
  const listeners = useComposedText(onTyped);

  const load = useCallback(
    ({ filteringProperty, filteringText }: PropertyFilterProps.LoadItemsDetail) => {
      newestLoad.current += 1;
      const load = newestLoad.current;
      const property = filteringProperty?.key;
      if (property === undefined || !isProperty(property)) {
        // The same object: what does not change is not rendered again.
        setOptions((before) => (before.options.length === 0 && before.status === "finished" ? before : { options: [], status: "finished" }));
        return;
      }
      setOptions({ options: [], status: "loading" });
      // Translated values are few: all of them are requested, and Cloudscape searches their translations.
      const part = property in VALUES ? "" : filteringText;
      commands.findingValues(scope, property, part, MAX_VALUES).then(
        (values) => {
          if (load !== newestLoad.current) return;
          setOptions({
            status: "finished",
            options: values.map(({ value, unique }) => ({
              propertyKey: property,
              value,
              label: formatValue(property, value, translator),
              tags: [t("filter-vulnerabilities", { count: unique })],
              filteringTags: vocabulary.wordsFor(property, value),
            })),
          });
        },
        () => {
          if (load === newestLoad.current) setOptions({ options: [], status: "error" });
        },
      );
    },
    [scope, vocabulary, translator, t],
  );

  return (
    <div data-testid="search" {...listeners}>
      <PropertyFilter
        query={filter}
        enableTokenGroups
        filteringProperties={properties}
        filteringOptions={options}
        filteringStatusType={status}
        filteringPlaceholder={t("filter-search")}
        filteringAriaLabel={t("filter-search")}
        filteringLoadingText={t("filter-loading")}
        filteringErrorText={t("filter-values-failed")}
        filteringRecoveryText={t("try-again")}
        filteringEmpty={t("filter-no-values")}
        freeTextFiltering={FREE_TEXT}
        i18nStrings={{ clearAriaLabel: t("filter-search-clear") }}
        expandToViewport
        // Each letter renders the suggestions again.
        virtualScroll
        tokenLimit={6}
        onLoadItems={({ detail }) => { load(detail); }}
        onChange={({ detail }) => { onFilter(understandFilter(detail, vocabulary)); }}
      />
    </div>
  );
});

const FREE_TEXT: PropertyFilterProps.FreeTextFiltering = { operators: [":", "!:"], defaultOperator: ":" };
