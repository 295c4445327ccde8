/** The first part of a step: why, with a picture that folds after the first visit. */
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useEffect, useState, type ReactNode } from "react";
import { useT } from "../i18n/context";
import type { StepId } from "../ipc/client";
import { useViewState } from "../lab/state";
import styles from "./Why.module.css";

interface WhyProps {
  step: StepId;
  /** Whether the step is done: then its result counts, and the picture is folded. */
  done: boolean;
  why?: ReactNode;
  picture?: ReactNode;
}

export function Why({ step, done, why, picture }: WhyProps) {
  const { t } = useT();
  const { shown, toggle } = usePictureShown(step, done);
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            picture === undefined ? null : (
              <Button variant="inline-link" iconName={shown ? "angle-up" : "angle-down"} ariaExpanded={shown} onClick={toggle} data-testid="picture-toggle">
                {t(shown ? "picture-hide" : "picture-show")}
              </Button>
            )
          }
        >
          {t("part-why")}
        </Header>
      }
    >
      <div className={styles.why} data-picture={shown && picture !== undefined}>
        <Box variant="p" padding="n">
          {why ?? t(`step-${step}-why`)}
        </Box>
        {shown && picture !== undefined ? <div className={styles.picture}>{picture}</div> : null}
      </div>
    </Container>
  );
}

/** The pictures of the steps that were visited are folded, until the user shows them. */
function usePictureShown(step: StepId, done: boolean) {
  const [visited, setVisited] = useViewState("visited");
  const [first] = useState(() => !(visited ?? "").split(" ").includes(step));
  const [chosen, setChosen] = useState<boolean | null>(null);
  const shown = chosen ?? (first && !done);
  useEffect(() => {
    const steps = (visited ?? "").split(" ").filter((one) => one !== "");
    if (!steps.includes(step)) setVisited([...steps, step].join(" "));
  }, [step, visited, setVisited]);
  return { shown, toggle: () => { setChosen(!shown); } };
}
