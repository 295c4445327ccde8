/** The finding whose details are open. Tables, lists and stories open it; `DetailsProvider` shows it. */
import { createContext, useContext } from "react";

export interface OpenFinding {
  scan: number;
  arn: string;
  /** The key of the row that it was opened from. */
  row: string | null;
}

export interface Details {
  finding: OpenFinding | null;
  open: (finding: OpenFinding) => void;
  close: () => void;
}

export const DetailsContext = createContext<Details | null>(null);

export function useDetails(): Details {
  const details = useContext(DetailsContext);
  if (!details) throw new Error("DetailsProvider is missing");
  return details;
}
