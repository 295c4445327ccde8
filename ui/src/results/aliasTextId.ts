/** The common names of vulnerabilities whose ids say little. */
import { END_OF_LIFE } from "./endOfLife";
import { LOG4SHELL } from "./log4shell";

/** The text id of the name; `null` for a vulnerability without one. */
export function aliasTextId(id: string | null): string | null {
  switch (id) {
    case LOG4SHELL:
      return "log4shell";
    case END_OF_LIFE:
      return "end-of-life-short";
    default:
      return null;
  }
}
