/** The repositories of a registry, and whether each is scanned. */
import Link from "@cloudscape-design/components/link";
import type { TableProps } from "@cloudscape-design/components/table";
import { useMemo } from "react";
import { useT } from "../i18n/context";
import { NONE } from "../i18n/format";
import type { ExploredRegistry, ExploredRepository } from "../ipc/client";
import { PagedTable } from "./PagedTable";

export function RepositoryTable({ registry, onOpen }: { registry: ExploredRegistry; onOpen: (repository: string) => void }) {
  const { t } = useT();
  const columns = useMemo<TableProps.ColumnDefinition<ExploredRepository>[]>(
    () => [
      {
        id: "name",
        header: t("explorer-repository"),
        isRowHeader: true,
        cell: ({ name }) => (
          <Link href="#" onFollow={(event) => { event.preventDefault(); onOpen(name); }} data-testid={`explore-${name}`}>
            <span translate="no">{name}</span>
          </Link>
        ),
      },
      {
        id: "watched",
        header: t("explorer-watched"),
        cell: ({ watched }) => <span data-watched={String(watched)}>{watched === null ? t("report-reason-not-read") : t(watched ? "yes" : "no")}</span>,
      },
      { id: "frequency", header: t("explore-frequency"), cell: ({ scanFrequency }) => <span translate="no">{scanFrequency ?? NONE}</span> },
      { id: "filters", header: t("explore-filters"), cell: ({ filters }) => <span translate="no">{filters.length === 0 ? NONE : filters.join(", ")}</span> },
    ],
    [t, onOpen],
  );
  return (
    <PagedTable
      name="explorer-repositories"
      title={t("explorer-repositories")}
      description={t("explorer-repositories-about")}
      items={registry.repositories}
      columns={columns}
      textOf={nameOf}
      keyOf={nameOf}
      empty={t("explore-no-repositories")}
    />
  );
}

function nameOf({ name }: ExploredRepository): string {
  return name;
}
