/** The read-only explorer: repositories, images, findings, comparisons, and where a vulnerability is. Needs no run. */
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useEffect, useState } from "react";
import { Account } from "../components/Account";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT } from "../i18n/context";
import { commands, type ExploredImage, type ExploredRegistry, type OpenedRegistry } from "../ipc/client";
import { useRoute } from "../lab/route";
import { useLab } from "../lab/state";
import { CompareImages } from "./CompareImages";
import { ImageResults } from "./ImageResults";
import { ImageTable } from "./ImageTable";
import { imageName } from "./imageName";
import { RegistryChoice } from "./RegistryChoice";
import { RepositoryTable } from "./RepositoryTable";
import { WhereIs } from "./WhereIs";

export default function ExplorerPage() {
  const { t } = useT();
  const { leaveExplorer } = useRoute();
  const { readClock } = useLab();
  const [opened, setOpened] = useState<OpenedRegistry | null>(null);
  useEffect(
    () => () => {
      // What was read is deleted. If that fails, it is deleted when the explorer is opened the next time.
      commands.exploreLeave().then(readClock).catch(() => undefined);
    },
    [readClock],
  );
  return (
    <div data-testid="explorer">
      <SpaceBetween size="l">
        <Header
          variant="h1"
          description={t("explorer-about")}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {opened ? <Button onClick={() => { setOpened(null); }}>{t("explorer-other")}</Button> : null}
              <Button iconName="arrow-left" onClick={leaveExplorer} data-testid="explorer-leave">
                {t("explorer-leave")}
              </Button>
            </SpaceBetween>
          }
        >
          {t("explorer-title")}
        </Header>
        {opened ? (
          <Registry {...opened} />
        ) : (
          <RegistryChoice
            onOpen={(registry) => {
              setOpened(registry);
              // The clock that is shown is now that of this registry.
              readClock().catch(() => undefined);
            }}
          />
        )}
      </SpaceBetween>
    </div>
  );
}

/** What is shown of the registry, below the list of repositories. */
type View = { kind: "repositories" } | { kind: "images"; repository: string } | { kind: "image"; image: ExploredImage } | { kind: "compare"; before: ExploredImage; after: ExploredImage };

function Registry({ registry, notices }: OpenedRegistry) {
  const { t, message } = useT();
  const [tab, setTab] = useState("repositories");
  const [view, setView] = useState<View>({ kind: "repositories" });
  const openImage = (image: ExploredImage) => {
    setTab("repositories");
    setView({ kind: "image", image });
  };
  return (
    <SpaceBetween size="l">
      <Box color="text-body-secondary">
        {t("account")} <Account id={registry.caller.account} /> · {t("region")} <span translate="no">{registry.caller.region}</span> · {t("explorer-scan-type")}{" "}
        <span translate="no">{registry.scanType ?? t("report-reason-not-read")}</span>
      </Box>
      {registry.caller.endpoint === null ? null : <Alert type="warning">{t("who-endpoint", { endpoint: registry.caller.endpoint })}</Alert>}
      {notices.map((notice, index) => (
        <Alert key={index} type="warning">
          {message(notice.message)}
        </Alert>
      ))}
      {registry.unread.map((problem) => (
        <ProblemAlert key={problem.code} problem={problem} />
      ))}
      <Tabs
        ariaLabel={t("explorer-title")}
        activeTabId={tab}
        onChange={({ detail }) => { setTab(detail.activeTabId); }}
        tabs={[
          { id: "repositories", label: t("explorer-repositories"), content: <RepositoriesTab registry={registry} view={view} onView={setView} /> },
          { id: "where", label: <span data-testid="explorer-tab-where">{t("explorer-where")}</span>, content: <WhereIs onOpen={openImage} /> },
        ]}
      />
    </SpaceBetween>
  );
}

function RepositoriesTab({ registry, view, onView }: { registry: ExploredRegistry; view: View; onView: (view: View) => void }) {
  const { t } = useT();
  if (view.kind === "repositories") return <RepositoryTable registry={registry} onOpen={(repository) => { onView({ kind: "images", repository }); }} />;
  const repository = view.kind === "images" ? view.repository : view.kind === "image" ? view.image.repository : view.after.repository;
  const back: View = view.kind === "images" ? { kind: "repositories" } : { kind: "images", repository };
  return (
    <SpaceBetween size="m">
      <Button iconName="arrow-left" onClick={() => { onView(back); }} data-testid="explorer-back">
        {back.kind === "images" ? t("explorer-back-images", { name: repository }) : t("explorer-back-repositories")}
      </Button>
      {view.kind === "images" ? (
        <ImageTable
          key={view.repository}
          repository={view.repository}
          onOpen={(image) => { onView({ kind: "image", image }); }}
          onCompare={(before, after) => { onView({ kind: "compare", before, after }); }}
        />
      ) : view.kind === "image" ? (
        <ImageResults key={imageName(view.image)} image={view.image} />
      ) : (
        <CompareImages before={view.before} after={view.after} />
      )}
    </SpaceBetween>
  );
}
