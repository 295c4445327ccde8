import { StepFrame } from "./StepFrame";

export default function Push() {
  return <StepFrame step="push" />;
}
