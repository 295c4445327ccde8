/** The choice of the user's own account: profile and Region, and the identity they lead to. */
import Autosuggest from "@cloudscape-design/components/autosuggest";
import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Toggle from "@cloudscape-design/components/toggle";
import { useState } from "react";
import { Account } from "../components/Account";
import { ProblemAlert } from "../components/ProblemAlert";
import { useT } from "../i18n/context";
import { useMasked } from "../i18n/mask";
import { asProblem, commands, type IpcError, type Caller } from "../ipc/client";
import { useIpc } from "../ipc/useIpc";
import { useLab } from "../lab/state";
import { ButtonRow } from "../components/ButtonRow";

/** Suggestions; any other Region can be entered. */
const REGIONS = [
  "ap-northeast-2",
  "ap-northeast-1",
  "ap-northeast-3",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ca-central-1",
  "eu-central-1",
  "eu-north-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
] as const;

interface AccountChoiceProps {
  profile: string | null;
  region: string | null;
  caller: Caller | null;
  onChange: (profile: string | null, region: string | null) => void;
  onCaller: (caller: Caller) => void;
}

export function AccountChoice({ profile, region, caller, onChange, onCaller }: AccountChoiceProps) {
  const { t } = useT();
  const profiles = useIpc(() => commands.profiles(), "profiles");
  const [identifying, setIdentifying] = useState(false);
  const [problem, setProblem] = useState<IpcError | null>(null);
  const options = [
    { value: "", label: t("profile-default"), description: t("profile-default-about") },
    ...(profiles.data ?? []).map(({ name, region }) => ({ value: name, label: name, ...(region === null ? {} : { description: region }) })),
  ];
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
            options={REGIONS.map((value) => ({ value }))}
            enteredTextLabel={(value) => t("region-use", { region: value })}
            placeholder={profiles.data?.find(({ name }) => name === profile)?.region ?? t("region-of-profile")}
            onChange={({ detail }) => { onChange(profile, detail.value.trim() === "" ? null : detail.value.trim()); }}
            data-testid="region"
          />
        </FormField>
      </ColumnLayout>
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
        <StatusIndicator type="success">{t("who-found")}</StatusIndicator>
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
