/** The clicker in a step: its presses go through the screens of the step, run it, and go on to the next one. */
import { summarizeChecks } from "../components/Checks";
import { moveBy, type Press } from "../lab/clicker";
import { neighbour } from "../lab/order";
import { usePresenting } from "../lab/presenting";
import { useRoute } from "../lab/route";
import { useSession } from "../steps/session";
import { PresentationKeys } from "./PresentationKeys";
import { enterViews, hasResult, moveView } from "./resultViews";

export function StepClicker() {
  const { step, record, action, perform } = useSession();
  const { screenOf, show } = usePresenting();
  const { go } = useRoute();
  const move = (press: Press) => {
    if (screenOf(step) === "result" && moveView(press)) {
      window.scrollTo(0, 0);
      return;
    }
    const made = moveBy(press, {
      screen: screenOf(step),
      result: hasResult(),
      action,
      checked: summarizeChecks(record.checks).all > 0,
      before: neighbour(step, -1),
      after: neighbour(step, 1),
    });
    switch (made.kind) {
      case "screen":
        show(step, made.screen);
        if (made.screen === "result") enterViews(press);
        window.scrollTo(0, 0);
        return;
      case "perform":
        perform();
        return;
      case "step":
        show(made.to, made.screen);
        go(made.to);
        return;
      case "stay":
        return;
    }
  };
  return <PresentationKeys onMove={move} />;
}
