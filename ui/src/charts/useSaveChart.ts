/** Saving a chart: the shell asks where to. */
import { useState } from "react";
import { asProblem, commands, type IpcError } from "../ipc/client";
import { pngOf, svgOf, type Picture } from "./picture";

interface Saving {
  busy: boolean;
  /** Where it was saved. */
  saved: string | null;
  problem: IpcError | null;
  save: (format: "png" | "svg") => void;
}

export function useSaveChart(name: string, picture: Picture | null): Saving {
  const [state, setState] = useState<Omit<Saving, "save">>({ busy: false, saved: null, problem: null });
  const save = (format: "png" | "svg") => {
    if (!picture) return;
    setState({ busy: true, saved: null, problem: null });
    write(name, format, picture).then(
      (saved) => { setState({ busy: false, saved, problem: null }); },
      (thrown: unknown) => { setState({ busy: false, saved: null, problem: asProblem(thrown) }); },
    );
  };
  return { ...state, save };
}

async function write(name: string, format: "png" | "svg", picture: Picture): Promise<string | null> {
  const data = format === "svg" ? svgOf(picture) : await pngOf(picture);
  const saved = await commands.saveChart(`chart-${name}`, format, data);
  return saved?.path ?? null;
}
