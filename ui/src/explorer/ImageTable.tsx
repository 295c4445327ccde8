/** The images of a repository with the state of their scans; two of them can be compared. */
import Button from "@cloudscape-design/components/button";
import Link from "@cloudscape-design/components/link";
import type { TableProps } from "@cloudscape-design/components/table";
import { useMemo, useState } from "react";
import { shortDigest } from "../components/digest";
import { Loading } from "../components/Loading";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT } from "../i18n/context";
import { NONE } from "../i18n/format";
import { commands, type ExploredImage } from "../ipc/client";
import { useIpc } from "../ipc/useIpc";
import { imageName } from "./imageName";
import { PagedTable } from "./PagedTable";
import { ScanStatus } from "./ScanStatus";

interface ImageTableProps {
  repository: string;
  onOpen: (image: ExploredImage) => void;
  onCompare: (before: ExploredImage, after: ExploredImage) => void;
}

export function ImageTable({ repository, onOpen, onCompare }: ImageTableProps) {
  const { t, bytes, date } = useT();
  const { data, problem, reload } = useIpc(() => commands.exploreImages(repository), repository);
  const [selected, setSelected] = useState<readonly ExploredImage[]>([]);
  const columns = useMemo<TableProps.ColumnDefinition<ExploredImage>[]>(
    () => [
      {
        id: "tags",
        header: t("explore-tags"),
        isRowHeader: true,
        cell: (image) => (
          <Link href="#" onFollow={(event) => { event.preventDefault(); onOpen(image); }} data-testid="explore-image">
            <span translate="no">{image.tags.length === 0 ? shortDigest(image.digest) : image.tags.join(", ")}</span>
          </Link>
        ),
      },
      { id: "scan", header: t("explore-scan"), cell: ({ scan }) => <ScanStatus scan={scan} /> },
      { id: "digest", header: t("explorer-digest"), cell: ({ digest }) => <code translate="no">{shortDigest(digest)}</code> },
      { id: "size", header: t("explorer-size"), cell: ({ size }) => bytes(size) },
      { id: "pushed", header: t("explore-pushed"), cell: ({ pushedAt }) => (pushedAt === null ? NONE : date(pushedAt)) },
    ],
    [t, bytes, date, onOpen],
  );
  if (problem) return <ProblemAlert problem={problem} onRetry={reload} />;
  if (!data) return <Loading />;
  // The images are listed from the newest to the oldest: the older one is compared with the newer.
  const [after, before] = data.filter((image) => selected.some(({ digest }) => digest === image.digest));
  const two = selected.length === 2 && before !== undefined && after !== undefined;
  return (
    <PagedTable
      name="explorer-images"
      title={t("explorer-images", { name: repository })}
      description={t("explorer-images-about")}
      actions={
        <Button disabled={!two} onClick={() => { if (two) onCompare(before, after); }} data-testid="explorer-compare">
          {t("explorer-compare")}
        </Button>
      }
      items={data}
      columns={columns}
      textOf={imageText}
      keyOf={digestOf}
      empty={t("explore-empty", { name: repository })}
      selection={{ selected, onChange: setSelected }}
    />
  );
}

function imageText(image: ExploredImage): string {
  return `${imageName(image)} ${image.tags.join(" ")}`;
}

function digestOf({ digest }: ExploredImage): string {
  return digest;
}
