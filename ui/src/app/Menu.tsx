/** The menu of the top bar: it opens the explorer and the dialogs, and changes the view. */
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { useT } from "../i18n/context";
import { useRoute } from "../lab/route";
import { usePresenting } from "../lab/presenting";
import { shortcutText } from "../lab/shortcuts";
import { useLab } from "../lab/state";
import type { DialogName } from "./Dialogs";
import type { View } from "./useView";

export interface MenuProps {
  view: View;
  onDialog: (dialog: DialogName) => void;
  /** Begins presenting with the test from the last row. */
  onCalibrate: () => void;
}

export default function Menu({ view, onDialog, onCalibrate }: MenuProps) {
  const { present } = usePresenting();
  const { t } = useT();
  const { platform } = useLab();
  const { go } = useRoute();
  return (
    <ButtonDropdown
      variant="icon"
      ariaLabel={t("menu")}
      data-testid="menu"
      items={[
        { id: "explorer", text: t("explorer-title"), iconName: "search" },
        {
          text: t("present"),
          items: [
            { id: "present", text: t("present-start"), iconName: "view-full", secondaryText: shortcutText("present", platform) },
            { id: "calibrate", text: t("calibrate"), iconName: "zoom-in" },
          ],
        },
        {
          text: t("zoom", { percent: view.zoom }),
          items: [
            { id: "zoom-in", text: t("zoom-in"), iconName: "zoom-in", secondaryText: shortcutText("zoom-in", platform) },
            { id: "zoom-out", text: t("zoom-out"), iconName: "zoom-out", secondaryText: shortcutText("zoom-out", platform) },
            { id: "zoom-reset", text: t("zoom-reset"), iconName: "zoom-to-fit", secondaryText: shortcutText("zoom-reset", platform) },
            { id: "full-screen", text: t("full-screen"), iconName: "full-screen", secondaryText: shortcutText("full-screen", platform) },
          ],
        },
        { id: "preferences", text: t("preferences"), iconName: "settings" },
        { id: "shortcuts", text: t("shortcuts"), iconName: "keyboard" },
        { id: "about", text: t("about"), iconName: "status-info" },
      ]}
      onItemClick={({ detail }) => {
        switch (detail.id) {
          case "explorer":
            go("explorer");
            return;
          case "present":
            present(true);
            return;
          case "calibrate":
            onCalibrate();
            return;
          case "zoom-in":
            view.zoomIn();
            return;
          case "zoom-out":
            view.zoomOut();
            return;
          case "zoom-reset":
            view.zoomReset();
            return;
          case "full-screen":
            view.toggleFullScreen();
            return;
          default:
            onDialog(detail.id as DialogName);
        }
      }}
    />
  );
}
