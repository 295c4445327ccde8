/** Reports the first screen as ready when it is mounted: placed after the content that is waited for. */
import { useEffect } from "react";
import { reportReady } from "../lab/painted";

export function Ready() {
  useEffect(reportReady, []);
  return null;
}
