/** The form fields of the plan: names and options of a run, with the lesson's defaults. They are validated in Rust. */
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useRef, useState } from "react";
import { useT } from "../i18n/context";
import { asProblem, commands, type Code, type IpcError, type Plan } from "../ipc/client";

type Name = Exclude<keyof Plan, "keepRules" | "moveTags" | "shareLayers">;

const NAMES: readonly Name[] = ["filter", "prod", "sandbox", "shared", "image", "tag", "fixedImage", "fixedTag", "platform"];

/** The fields that a problem code is about; of several, those with the rejected value are marked. */
const FIELDS: Partial<Record<Code, readonly Name[]>> = {
  "plan-repository": ["prod", "sandbox", "shared"],
  "plan-repository-long": ["prod", "sandbox"],
  "plan-same-names": ["prod", "sandbox", "shared"],
  "plan-filter": ["filter"],
  "plan-filter-misses": ["filter"],
  "plan-filter-catches": ["filter"],
  "plan-image": ["image", "fixedImage"],
  "plan-tag": ["tag", "fixedTag"],
  "plan-same-tags": ["tag", "fixedTag"],
  "plan-platform": ["platform"],
};

interface PlanFieldsProps {
  plan: Plan;
  lesson: Plan;
  problem: IpcError | null;
  onChange: (plan: Plan) => void;
  onProblem: (problem: IpcError | null) => void;
}

export function PlanFields({ plan, lesson, problem, onChange, onProblem }: PlanFieldsProps) {
  const { t, message } = useT();
  const [open, setOpen] = useState(false);
  useValidation(plan, onProblem);
  const invalid = problem ? fieldsOf(problem, plan) : [];
  const isOther = (name: keyof Plan) => plan[name] !== lesson[name];
  const changed = [...NAMES, "keepRules" as const, "moveTags" as const, "shareLayers" as const].some(isOther);
  return (
    <ExpandableSection
      headerText={t("plan")}
      headerDescription={t("plan-about")}
      expanded={open || problem !== null}
      onChange={({ detail }) => { setOpen(detail.expanded); }}
      data-testid="plan"
    >
      <SpaceBetween size="m">
        <ColumnLayout columns={3}>
          {NAMES.map((name) => (
            <FormField
              key={name}
              label={t(`plan-${name.toLowerCase()}`)}
              constraintText={t(`plan-${name.toLowerCase()}-about`)}
              errorText={problem && invalid[0] === name ? `${message(problem.message)} ${message(problem.hint)}` : undefined}
            >
              <Input
                value={plan[name]}
                invalid={invalid.includes(name)}
                spellcheck={false}
                autoComplete={false}
                onChange={({ detail }) => { onChange({ ...plan, [name]: detail.value }); }}
                data-testid={`plan-${name}`}
              />
            </FormField>
          ))}
        </ColumnLayout>
        <Checkbox
          checked={plan.keepRules}
          description={t("plan-keep-rules-about")}
          onChange={({ detail }) => { onChange({ ...plan, keepRules: detail.checked }); }}
          data-testid="plan-keepRules"
        >
          {t("plan-keep-rules")}
        </Checkbox>
        <Checkbox
          checked={plan.moveTags}
          description={t("plan-move-tags-about")}
          onChange={({ detail }) => { onChange({ ...plan, moveTags: detail.checked }); }}
          data-testid="plan-moveTags"
        >
          {t("plan-move-tags")}
        </Checkbox>
        <Checkbox
          checked={plan.shareLayers}
          description={t("plan-share-layers-about")}
          onChange={({ detail }) => { onChange({ ...plan, shareLayers: detail.checked }); }}
          data-testid="plan-shareLayers"
        >
          {t("plan-share-layers")}
        </Checkbox>
        {changed ? (
          <Button iconName="undo" onClick={() => { onChange(lesson); }}>
            {t("plan-reset")}
          </Button>
        ) : null}
      </SpaceBetween>
    </ExpandableSection>
  );
}

/** Milliseconds. */
const PAUSE = 200;

/** Validates the plan when the user pauses typing. */
function useValidation(plan: Plan, onProblem: (problem: IpcError | null) => void): void {
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    let wanted = true;
    const timer = setTimeout(() => {
      commands.checkPlan(plan).then(
        () => { if (wanted) onProblem(null); },
        (thrown: unknown) => { if (wanted) onProblem(asProblem(thrown)); },
      );
    }, PAUSE);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [plan, onProblem]);
}

function fieldsOf(problem: IpcError, plan: Plan): readonly Name[] {
  const fields = FIELDS[problem.code] ?? [];
  const values = Object.values(problem.message.args ?? {});
  const rejected = fields.filter((name) => values.includes(plan[name]));
  return rejected.length > 0 ? rejected : fields;
}
