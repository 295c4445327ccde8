import { StepFrame } from "./StepFrame";

export default function Cleanup() {
  return <StepFrame step="cleanup" />;
}
