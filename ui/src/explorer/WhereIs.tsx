/** Where is a vulnerability? An image that is not scanned never counts as one without it. */
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { TableProps } from "@cloudscape-design/components/table";
import { useMemo, useState } from "react";
import { ButtonRow } from "../components/ButtonRow";
import { shortDigest } from "../components/digest";
import { ProblemAlert } from "../components/ProblemAlert";
import { SeverityBadge } from "../components/SeverityBadge";
import { useT } from "../i18n/context";
import { NONE } from "../i18n/format";
import { asProblem, commands, type ExploredImage, type ImagePresence, type IpcError, type Presence, type Whereabouts } from "../ipc/client";
import { LOG4SHELL } from "../results/log4shell";
import { PagedTable } from "./PagedTable";
import { PresenceStatus, ScanStatus } from "./ScanStatus";

/** An image, or a repository without images that could be listed. */
interface Line {
  repository: string;
  presence: Presence;
  image: ImagePresence | null;
  /** Whether the repository's images could not be listed. */
  unlisted: boolean;
}

export function WhereIs({ onOpen }: { onOpen: (image: ExploredImage) => void }) {
  const { t } = useT();
  const [id, setId] = useState<string>(LOG4SHELL);
  const [searching, setSearching] = useState(false);
  const [result, setResult] = useState<Whereabouts | null>(null);
  const [problem, setProblem] = useState<IpcError | null>(null);
  const search = () => {
    setSearching(true);
    setProblem(null);
    commands
      .exploreVulnerability(id)
      .then(setResult, (thrown: unknown) => {
        setResult(null);
        setProblem(asProblem(thrown));
      })
      .finally(() => { setSearching(false); });
  };
  return (
    <SpaceBetween size="l">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          search();
        }}
      >
        <FormField label={t("explorer-where-id")} description={t("explorer-where-about")}>
          <ButtonRow>
            <Input value={id} onChange={({ detail }) => { setId(detail.value); }} ariaLabel={t("explorer-where-id")} data-testid="explorer-id" />
            <Button variant="primary" formAction="submit" loading={searching} data-testid="explorer-search">
              {t("explorer-search")}
            </Button>
          </ButtonRow>
        </FormField>
      </form>
      {problem ? <ProblemAlert problem={problem} onRetry={search} /> : null}
      {result ? <Result result={result} onOpen={onOpen} /> : null}
    </SpaceBetween>
  );
}

function Result({ result, onOpen }: { result: Whereabouts; onOpen: (image: ExploredImage) => void }) {
  const { t } = useT();
  const lines = useMemo<Line[]>(
    () =>
      result.repositories.flatMap(({ name, presence, images, problem }): Line[] =>
        images.length === 0
          ? [{ repository: name, presence, image: null, unlisted: problem !== null }]
          : images.map((image) => ({ repository: name, presence: image.presence, image, unlisted: false })),
      ),
    [result],
  );
  const count = (presence: Presence) => lines.filter((line) => line.image !== null && line.presence === presence).length;
  const columns = useMemo(() => columnsOf(t, onOpen), [t, onOpen]);
  const problems = [result.unread, ...result.repositories.map(({ problem }) => problem)].filter((problem) => problem !== null);
  return (
    <SpaceBetween size="m">
      {problems.slice(0, 3).map((problem, index) => (
        <ProblemAlert key={index} problem={problem} title={t("explorer-where-unread")} />
      ))}
      <div role="status" data-testid="explorer-where-result" data-present={count("found")} data-not-scanned={count("not_scanned")} data-absent={count("not_found")}>
        <Alert type={count("found") > 0 ? "error" : count("not_scanned") > 0 || problems.length > 0 ? "warning" : "success"}>
          {t("explore-whereabouts", { vulnerability: result.vulnerability, present: count("found"), unknown: count("not_scanned"), absent: count("not_found") })}
        </Alert>
      </div>
      <PagedTable
        name="explorer-where"
        counted={false}
        title={result.vulnerability}
        description={t("explorer-where-note")}
        items={lines}
        columns={columns}
        textOf={textOf}
        keyOf={keyOf}
        empty={t("explore-no-repositories")}
      />
    </SpaceBetween>
  );
}

function columnsOf(t: (id: string) => string, onOpen: (image: ExploredImage) => void): TableProps.ColumnDefinition<Line>[] {
  return [
    { id: "repository", header: t("explorer-repository"), isRowHeader: true, cell: ({ repository }) => <span translate="no">{repository}</span> },
    {
      id: "image",
      header: t("explorer-image"),
      cell: ({ image }) =>
        image === null ? (
          NONE
        ) : (
          <Link href="#" onFollow={(event) => { event.preventDefault(); onOpen(image.image); }}>
            <span translate="no">{image.image.tags.length === 0 ? shortDigest(image.image.digest) : image.image.tags.join(", ")}</span>
          </Link>
        ),
    },
    {
      id: "presence",
      header: t("explore-presence"),
      cell: ({ image, presence, unlisted }) => {
        if (image?.image.scan.state === "scanned" && presence === "not_scanned") return <StatusIndicator type="warning">{t("report-not-assessed")}</StatusIndicator>;
        if (image !== null && presence === "not_scanned") return <ScanStatus scan={image.image.scan} />;
        if (unlisted && presence === "not_scanned") return <StatusIndicator type="warning">{t("report-reason-not-read")}</StatusIndicator>;
        return <PresenceStatus presence={presence} suppressed={image?.suppressed ?? false} />;
      },
    },
    { id: "severity", header: t("explorer-severity"), cell: ({ image }) => (image?.severity ? <SeverityBadge severity={image.severity} /> : NONE) },
    { id: "packages", header: t("explorer-packages"), cell: ({ image }) => <span translate="no">{image === null || image.packages.length === 0 ? NONE : image.packages.join(", ")}</span> },
  ];
}

function textOf({ repository, image }: Line): string {
  return image === null ? repository : `${repository} ${image.image.tags.join(" ")} ${image.image.digest} ${image.packages.join(" ")}`;
}

function keyOf({ repository, image }: Line): string {
  return `${repository} ${image?.image.digest ?? ""}`;
}
