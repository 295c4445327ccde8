/** A table with a text filter and pages, for lists that are read as a whole. */
import Header from "@cloudscape-design/components/header";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useMemo, useState, type ReactNode } from "react";
import { EmptyState } from "../components/EmptyState";
import { Pages } from "../components/Pages";
import { useComposedText } from "../components/useComposedText";
import { useT } from "../i18n/context";

const PAGE_SIZE = 25;

interface PagedTableProps<Item> {
  name: string;
  title: string;
  description?: ReactNode;
  actions?: ReactNode;
  items: readonly Item[];
  columns: readonly TableProps.ColumnDefinition<Item>[];
  /** What the filter searches. */
  textOf: (item: Item) => string;
  keyOf: (item: Item) => string;
  empty: string;
  /** Whether the number of rows is shown beside the title, whose unit they are. */
  counted?: boolean;
  /** If set, rows can be selected. */
  selection?: { selected: readonly Item[]; onChange: (selected: readonly Item[]) => void };
}

export function PagedTable<Item>(props: PagedTableProps<Item>) {
  const { name, title, description, actions, items, columns, textOf, keyOf, empty, counted = true, selection } = props;
  const { t, number } = useT();
  const [text, setText] = useState("");
  const [page, setPage] = useState(1);
  // What is searched for: the text, without what is being composed.
  const [sought, setSought] = useState("");
  const listeners = useComposedText((changed) => {
    setSought(changed);
    setPage(1);
  });
  const matching = useMemo(() => {
    const part = sought.trim().toLowerCase();
    return part === "" ? items : items.filter((item) => textOf(item).toLowerCase().includes(part));
  }, [items, sought, textOf]);
  const pages = Math.max(1, Math.ceil(matching.length / PAGE_SIZE));
  const current = Math.min(page, pages);
  return (
    <div data-testid={name} data-count={matching.length}>
      <Table
        items={matching.slice((current - 1) * PAGE_SIZE, current * PAGE_SIZE)}
        columnDefinitions={columns}
        trackBy={keyOf}
        wrapLines
        enableKeyboardNavigation
        header={
          <Header variant="h2" {...(counted ? { counter: `(${number(matching.length)})` } : {})} description={description} actions={actions}>
            {title}
          </Header>
        }
        filter={
          <div {...listeners}>
            <TextFilter
              filteringText={text}
              filteringPlaceholder={t("explorer-filter")}
              filteringAriaLabel={t("explorer-filter")}
              onChange={({ detail }) => { setText(detail.filteringText); }}
            />
          </div>
        }
        pagination={
          <Pages page={current - 1} pages={pages} onPage={(page) => { setPage(page + 1); }} />
        }
        empty={<EmptyState text={sought === "" ? empty : t("findings-no-match")} />}
        ariaLabels={{
          tableLabel: title,
          selectionGroupLabel: t("explorer-select"),
          itemSelectionLabel: (_, item) => t("explorer-select-image", { name: textOf(item) }),
          allItemsSelectionLabel: () => t("explorer-select"),
        }}
        {...(selection
          ? {
              selectionType: "multi" as const,
              selectedItems: selection.selected,
              onSelectionChange: ({ detail }: { detail: TableProps.SelectionChangeDetail<Item> }) => { selection.onChange(detail.selectedItems); },
            }
          : {})}
      />
    </div>
  );
}
