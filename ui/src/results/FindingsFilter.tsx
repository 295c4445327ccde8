/** What the table is narrowed by: words, as they are typed, and conditions. */
import PropertyFilter, { type PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import TextFilter from "@cloudscape-design/components/text-filter";
import { memo, useCallback, useMemo, useRef, useState } from "react";
import { useT } from "../i18n/context";
import { commands, type Scope, type View } from "../ipc/client";
import { filteringProperties, isProperty, sayValue, unsay } from "./properties";
import { isEmpty, isGroup, type FilterQuery } from "./question";

interface FindingsFilterProps {
  scope: Scope;
  filter: FilterQuery;
  view: View;
  /** How many match, in words; null while nothing is left out. */
  countText: string | null;
  /** The search begins anew when it changes. */
  cleared: number;
  onText: (text: string) => void;
  onFilter: (filter: FilterQuery) => void;
  onView: (view: View) => void;
}

export const FindingsFilter = memo(function FindingsFilter(props: FindingsFilterProps) {
  const { scope, filter, view, countText, cleared, onText, onFilter, onView } = props;
  const { t } = useT();
  return (
    <div className="lab-findings-filter">
      <div className="lab-findings-filter-line">
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

/** Holds what is typed by itself: a letter is on the screen before anything is asked. */
function Search({ countText, onText }: { countText: string | null; onText: (text: string) => void }) {
  const { t } = useT();
  const [text, setText] = useState("");
  return (
    <div className="lab-findings-filter-search" data-testid="search">
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

const MOST = 100;

type ConditionsProps = Pick<FindingsFilterProps, "scope" | "filter" | "countText" | "onFilter">;

const Conditions = memo(function Conditions({ scope, filter, countText, onFilter }: ConditionsProps) {
  const say = useT();
  const { t } = say;
  const properties = useMemo(() => filteringProperties(say), [say]);
  const [{ options, status }, setOptions] = useState<Options>({ options: [], status: "finished" });
  const turn = useRef(0);

  const load = useCallback(
    ({ filteringProperty, filteringText }: PropertyFilterProps.LoadItemsDetail) => {
      turn.current += 1;
      const mine = turn.current;
      const property = filteringProperty?.key;
      if (property === undefined || !isProperty(property)) {
        setOptions({ options: [], status: "finished" });
        return;
      }
      setOptions({ options: [], status: "loading" });
      // A value with words of its own is looked for by its words, below; all of its few values are asked for.
      const part = property === "severity" || property === "kev" || property.endsWith("Available") ? "" : filteringText;
      commands.findingValues(scope, property, part, MOST).then(
        (values) => {
          if (mine !== turn.current) return;
          setOptions({
            status: "finished",
            options: values.map(({ value, instances }) => ({
              propertyKey: property,
              value,
              label: sayValue(property, value, say),
              tags: [t("filter-instances", { count: instances })],
            })),
          });
        },
        () => {
          if (mine === turn.current) setOptions({ options: [], status: "error" });
        },
      );
    },
    [scope, say, t],
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
        onChange={({ detail }) => { onFilter(understood(detail, (key, value) => (isProperty(key) ? unsay(key, value, say) : value))); }}
      />
    </div>
  );
});

/** What was typed, in the values that Rust knows. */
function understood(query: FilterQuery, read: (key: string, value: string) => string): FilterQuery {
  type Part = NonNullable<FilterQuery["tokenGroups"]>[number];
  const part = (one: Part): Part => {
    if (isGroup(one)) return { ...one, tokens: one.tokens.map(part) };
    return one.propertyKey === undefined ? one : { ...one, value: read(one.propertyKey, String(one.value ?? "")) };
  };
  return { operation: query.operation, tokens: [], tokenGroups: (query.tokenGroups ?? query.tokens).map(part) };
}
