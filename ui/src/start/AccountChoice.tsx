/** The choice of the user's own account: profile and Region, and the identity they lead to. */
import Autosuggest from "@cloudscape-design/components/autosuggest";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Toggle from "@cloudscape-design/components/toggle";
import { useState } from "react";
import { Account } from "../components/Account";
import { InlineCode } from "../components/InlineCode";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT } from "../i18n/context";
import { useMasked } from "../i18n/mask";
import { asProblem, commands, type IpcError, type Caller, type ProfileOption } from "../ipc/client";
import { useIpc } from "../ipc/useIpc";
import { useLab } from "../lab/state";
import { ButtonRow } from "../components/ButtonRow";

/** The account that was chosen, and what changes the choice. */
interface OwnAccount {
  profile: string | null;
  region: string | null;
  caller: Caller | null;
  onChange: (profile: string | null, region: string | null) => void;
  onCaller: (caller: Caller) => void;
}

/** The state of an `AccountChoice`, which takes it as its props. Another profile or Region is not identified yet. */
export function useOwnAccount(): OwnAccount {
  const [profile, setProfile] = useState<string | null>(null);
  const [region, setRegion] = useState<string | null>(null);
  const [caller, setCaller] = useState<Caller | null>(null);
  const onChange = (profile: string | null, region: string | null) => {
    setProfile(profile);
    setRegion(region);
    setCaller(null);
  };
  return { profile, region, caller, onChange, onCaller: setCaller };
}

export function AccountChoice({ profile, region, caller, onChange, onCaller }: OwnAccount) {
  const { t, message } = useT();
  const regions = useIpc(() => commands.regions(), "regions");
  const profiles = useIpc(() => commands.profiles(), "profiles");
  const [identifying, setIdentifying] = useState(false);
  const [problem, setProblem] = useState<IpcError | null>(null);
  const options = [
    { value: "", label: t("profile-default"), description: t("profile-default-about") },
    ...(profiles.data ?? []).map(({ name, region, kind, problem }) => ({
      value: name,
      label: name,
      labelTag: t(`profile-kind-${kind}`),
      ...(region === null ? {} : { description: region }),
      ...(problem === null ? {} : { disabled: true, description: message(problem.message) }),
    })),
  ];
  const ownRegion = profiles.data?.find(({ name }) => name === (profile ?? "default"))?.region ?? null;
  const identify = () => {
    setIdentifying(true);
    setProblem(null);
    commands
      .whoAmI(profile, region)
      .then(onCaller, (thrown: unknown) => { setProblem(asProblem(thrown)); })
      .finally(() => { setIdentifying(false); });
  };
  return (
    <SpaceBetween size="m">
      <ColumnLayout columns={2}>
        <FormField label={t("profile")} description={t("profile-about")}>
          <Select
            options={options}
            selectedOption={options.find((option) => option.value === (profile ?? "")) ?? null}
            statusType={profiles.loading ? "loading" : profiles.problem ? "error" : "finished"}
            loadingText={t("loading")}
            errorText={t("profiles-failed")}
            recoveryText={t("try-again")}
            onLoadItems={() => { if (profiles.problem) profiles.reload(); }}
            onChange={({ detail }) => { onChange(detail.selectedOption.value === "" ? null : (detail.selectedOption.value ?? null), region); }}
            data-testid="profile"
          />
        </FormField>
        <FormField label={t("region")} description={t("region-about")}>
          <Autosuggest
            value={region ?? ""}
            options={ownFirst(ownRegion, regions.data ?? []).map((value) => ({ value, ...(value === ownRegion ? { labelTag: t("region-of-profile") } : {}) }))}
            enteredTextLabel={(value) => t("region-use", { region: value })}
            placeholder={ownRegion ?? t("region-of-profile")}
            onChange={({ detail }) => { onChange(profile, detail.value.trim() === "" ? null : detail.value.trim()); }}
            data-testid="region"
          />
        </FormField>
      </ColumnLayout>
      <Unusable profiles={profiles.data ?? []} />
      <ButtonRow>
        <Button iconName="user-profile" loading={identifying} onClick={identify} data-testid="who-am-i">
          {t("who-ask")}
        </Button>
        <MaskToggle />
      </ButtonRow>
      {problem ? <ProblemAlert problem={problem} title={t("who-failed")} onRetry={identify} /> : null}
      {caller ? <CallerFacts caller={caller} /> : null}
    </SpaceBetween>
  );
}

/** The profile's own Region first, then the others. */
function ownFirst(own: string | null, regions: readonly string[]): readonly string[] {
  return own === null ? regions : [own, ...regions.filter((region) => region !== own)];
}

/** What to do about each profile that cannot be used. */
function Unusable({ profiles }: { profiles: readonly ProfileOption[] }) {
  const { t, message } = useT();
  const unusable = profiles.flatMap(({ name, problem }) => (problem ? [{ name, problem }] : []));
  if (unusable.length === 0) return null;
  return (
    <ExpandableSection headerText={t("profiles-unusable", { count: unusable.length })} data-testid="profiles-unusable">
      <SpaceBetween size="s">
        {unusable.map(({ name, problem }) => (
          <div key={name}>
            <StatusIndicator type="stopped">{message(problem.message)}</StatusIndicator>
            <Box color="text-body-secondary" fontSize="body-s">
              <InlineCode text={message(problem.hint)} />
            </Box>
          </div>
        ))}
      </SpaceBetween>
    </ExpandableSection>
  );
}

function MaskToggle() {
  const { t } = useT();
  const { preferences, updatePreferences } = useLab();
  return (
    <Toggle checked={preferences.maskAccount} onChange={({ detail }) => { updatePreferences({ maskAccount: detail.checked }); }}>
      {t("mask-account")}
    </Toggle>
  );
}

function CallerFacts({ caller }: { caller: Caller }) {
  const { t } = useT();
  const mask = useMasked();
  return (
    <div role="status" data-testid="who">
      <SpaceBetween size="xs">
        {caller.endpoint === null ? (
          <StatusIndicator type="success">{t("who-found")}</StatusIndicator>
        ) : (
          <StatusIndicator type="warning">{t("who-endpoint", { endpoint: caller.endpoint })}</StatusIndicator>
        )}
        <KeyValuePairs
          columns={3}
          items={[
            { label: t("account"), value: <Account id={caller.account} /> },
            { label: t("region"), value: <span translate="no">{caller.region}</span> },
            { label: t("who-arn"), value: <span translate="no">{mask(caller.arn)}</span> },
          ]}
        />
      </SpaceBetween>
    </div>
  );
}
