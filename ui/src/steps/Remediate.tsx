import { StepFrame } from "./StepFrame";

export default function Remediate() {
  return <StepFrame step="remediate" />;
}
