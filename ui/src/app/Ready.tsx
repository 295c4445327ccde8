/** On the screen once what it stands beside is. */
import { useEffect } from "react";
import { reportReady } from "../lab/painted";

export function Ready() {
  useEffect(reportReady, []);
  return null;
}
