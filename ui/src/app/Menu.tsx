/** The menu of the top bar: it opens the explorer and the dialogs. */
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { useT } from "../i18n/context";
import { useRoute } from "../lab/route";
import type { DialogName } from "./Dialogs";

export default function Menu({ onDialog }: { onDialog: (dialog: DialogName) => void }) {
  const { t } = useT();
  const { go } = useRoute();
  return (
    <ButtonDropdown
      variant="icon"
      ariaLabel={t("menu")}
      data-testid="menu"
      items={[
        { id: "explorer", text: t("explorer-title"), iconName: "search" },
        { id: "preferences", text: t("preferences"), iconName: "settings" },
        { id: "shortcuts", text: t("shortcuts"), iconName: "keyboard" },
        { id: "about", text: t("about"), iconName: "status-info" },
      ]}
      onItemClick={({ detail }) => {
        if (detail.id === "explorer") go("explorer");
        else onDialog(detail.id as DialogName);
      }}
    />
  );
}
