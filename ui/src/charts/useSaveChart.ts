/** Saves a chart to a file that the user chooses. */
import { useState } from "react";
import { asProblem, commands, type IpcError } from "../ipc/client";
import { useT } from "../i18n/context";
import { useToasts } from "../lab/toast";
import { toPng, toSvg, type ChartImage } from "./chartImage";

interface Saving {
  busy: boolean;
  /** The path of the saved file. */
  path: string | null;
  problem: IpcError | null;
  save: (format: "png" | "svg") => void;
}

export function useSaveChart(name: string, image: ChartImage | null): Saving {
  const [state, setState] = useState<Omit<Saving, "save">>({ busy: false, path: null, problem: null });
  const { t } = useT();
  const { show } = useToasts();
  const save = (format: "png" | "svg") => {
    if (!image) return;
    setState({ busy: true, path: null, problem: null });
    saveImage(name, format, image).then(
      (path) => {
        setState({ busy: false, path, problem: null });
        if (path !== null) show(t("saved-to", { path }));
      },
      (thrown: unknown) => { setState({ busy: false, path: null, problem: asProblem(thrown) }); },
    );
  };
  return { ...state, save };
}

async function saveImage(name: string, format: "png" | "svg", image: ChartImage): Promise<string | null> {
  const data = format === "svg" ? toSvg(image) : await toPng(image);
  const file = await commands.saveChart(`chart-${name}`, format, data);
  return file?.path ?? null;
}
