import { StepFrame } from "./StepFrame";

export default function Results() {
  return <StepFrame step="results" />;
}
