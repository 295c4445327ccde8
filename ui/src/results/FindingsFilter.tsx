/** The filter of the table: a text search as the user types, conditions, and the view. */
import PropertyFilter, { type PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import TextFilter from "@cloudscape-design/components/text-filter";
import { memo, useCallback, useMemo, useRef, useState } from "react";
import { useT } from "../i18n/context";
import { commands, type Scope, type View } from "../ipc/client";
import { filteringProperties, isProperty, formatValue, parseValue } from "./properties";
import { conditionsOf, isEmpty, isGroup, type FilterGroup, type FilterQuery, type FilterToken } from "./tableQuery";
import styles from "./FindingsFilter.module.css";

interface FindingsFilterProps {
  scope: Scope;
  filter: FilterQuery;
  view: View;
  /** The text with the number of matches; null while nothing is filtered. */
  countText: string | null;
  /** The search field is reset when it changes. */
  cleared: number;
  onText: (text: string) => void;
  onFilter: (filter: FilterQuery) => void;
  onView: (view: View) => void;
}

export const FindingsFilter = memo(function FindingsFilter(props: FindingsFilterProps) {
  const { scope, filter, view, countText, cleared, onText, onFilter, onView } = props;
  const { t } = useT();
  return (
    <div className={styles.filter}>
      <div className={styles.line}>
        <Search key={cleared} countText={countText} onText={onText} />
        <div data-testid="view">
          <SegmentedControl
            label={t("filter-view")}
            selectedId={view}
            options={[
              { id: "instances", text: t("view-instances") },
              { id: "unique", text: t("view-unique") },
            ]}
            onChange={({ detail }) => { onView(detail.selectedId === "unique" ? "unique" : "instances"); }}
          />
        </div>
      </div>
      <Conditions scope={scope} filter={filter} countText={isEmpty(filter) ? null : countText} onFilter={onFilter} />
    </div>
  );
});

/** Keeps its own text, so that each letter appears before any request is sent. */
function Search({ countText, onText }: { countText: string | null; onText: (text: string) => void }) {
  const { t } = useT();
  const [text, setText] = useState("");
  return (
    <div className={styles.search} data-testid="search">
      <TextFilter
        filteringText={text}
        filteringPlaceholder={t("filter-search")}
        filteringAriaLabel={t("filter-search")}
        filteringClearAriaLabel={t("filter-search-clear")}
        {...(text === "" || countText === null ? {} : { countText })}
        onChange={({ detail }) => {
          setText(detail.filteringText);
          onText(detail.filteringText);
        }}
      />
    </div>
  );
}

interface Options {
  options: PropertyFilterProps.FilteringOption[];
  status: PropertyFilterProps.StatusType;
}

const MAX_VALUES = 100;

type ConditionsProps = Pick<FindingsFilterProps, "scope" | "filter" | "countText" | "onFilter">;

const Conditions = memo(function Conditions({ scope, filter, countText, onFilter }: ConditionsProps) {
  const translator = useT();
  const { t } = translator;
  const properties = useMemo(() => filteringProperties(translator), [translator]);
  const [{ options, status }, setOptions] = useState<Options>({ options: [], status: "finished" });
  const newestLoad = useRef(0);

  const load = useCallback(
    ({ filteringProperty, filteringText }: PropertyFilterProps.LoadItemsDetail) => {
      newestLoad.current += 1;
      const load = newestLoad.current;
      const property = filteringProperty?.key;
      if (property === undefined || !isProperty(property)) {
        setOptions({ options: [], status: "finished" });
        return;
      }
      setOptions({ options: [], status: "loading" });
      // Translated values are few: all of them are requested, and Cloudscape searches their translations.
      const search = property === "severity" || property === "kev" || property.endsWith("Available") ? "" : filteringText;
      commands.findingValues(scope, property, search, MAX_VALUES).then(
        (values) => {
          if (load !== newestLoad.current) return;
          setOptions({
            status: "finished",
            options: values.map(({ value, unique }) => ({
              propertyKey: property,
              value,
              label: formatValue(property, value, translator),
              tags: [t("filter-vulnerabilities", { count: unique })],
            })),
          });
        },
        () => {
          if (load === newestLoad.current) setOptions({ options: [], status: "error" });
        },
      );
    },
    [scope, translator, t],
  );

  return (
    <div data-testid="filter">
      <PropertyFilter
        query={filter}
        enableTokenGroups
        filteringProperties={properties}
        filteringOptions={options}
        filteringStatusType={status}
        filteringPlaceholder={t("filter-conditions")}
        filteringAriaLabel={t("filter-conditions")}
        filteringLoadingText={t("filter-loading")}
        filteringErrorText={t("filter-values-failed")}
        filteringRecoveryText={t("try-again")}
        filteringEmpty={t("filter-no-values")}
        freeTextFiltering={{ operators: [":", "!:"], defaultOperator: ":" }}
        expandToViewport
        tokenLimit={6}
        {...(countText === null ? {} : { countText })}
        onLoadItems={({ detail }) => { load(detail); }}
        onChange={({ detail }) => { onFilter(parseValues(detail, (key, value) => (isProperty(key) ? parseValue(key, value, translator) : value))); }}
      />
    </div>
  );
});

/** The filter with typed values replaced by those that the shell knows. */
function parseValues(query: FilterQuery, parse: (key: string, value: string) => string): FilterQuery {
  const parsed = (condition: FilterToken | FilterGroup): FilterToken | FilterGroup => {
    if (isGroup(condition)) return { ...condition, tokens: condition.tokens.map(parsed) };
    return condition.propertyKey === undefined ? condition : { ...condition, value: parse(condition.propertyKey, String(condition.value ?? "")) };
  };
  return { operation: query.operation, tokens: [], tokenGroups: conditionsOf(query).map(parsed) };
}
