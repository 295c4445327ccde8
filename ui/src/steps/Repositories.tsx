/** Step 2: three repositories, one of which the filter watches. */
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
