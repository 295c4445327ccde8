import { StepFrame } from "./StepFrame";

export default function Repositories() {
  return <StepFrame step="repositories" />;
}
