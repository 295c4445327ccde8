/** A card of a step that can be folded. What is folded first is decided by the step; from then on by the user. */
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import { useState, type ReactNode } from "react";

interface FoldProps {
  title: string;
  description?: string | undefined;
  counter?: string | undefined;
  actions?: ReactNode;
  /** Whether it is folded while the user has not decided. */
  folded: boolean;
  testId: string;
  children: ReactNode;
}

export function Fold({ title, description, counter, actions, folded, testId, children }: FoldProps) {
  // What the user has chosen holds until the step folds or opens the card itself.
  const [chosen, setChosen] = useState<{ folded: boolean; expanded: boolean } | null>(null);
  const expanded = chosen?.folded === folded ? chosen.expanded : !folded;
  return (
    <ExpandableSection
      variant="container"
      headingTagOverride="h2"
      headerText={title}
      {...(description === undefined ? {} : { headerDescription: description })}
      {...(counter === undefined ? {} : { headerCounter: counter })}
      headerActions={actions}
      expanded={expanded}
      onChange={({ detail }) => { setChosen({ folded, expanded: detail.expanded }); }}
      data-testid={testId}
    >
      {children}
    </ExpandableSection>
  );
}
