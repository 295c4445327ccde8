/** Step 3, create repositories: three repositories, one of which matches the filter. */
import { RepositoriesPicture } from "../pictures/RepositoriesPicture";
import { RepositoryCards } from "./RepositoryCards";
import { StepFrame } from "./StepFrame";

export default function Repositories() {
  return (
    <StepFrame step="repositories" picture={<RepositoriesPicture />}>
      <RepositoryCards />
    </StepFrame>
  );
}
