/** The menu of the top bar: it opens the dialogs. */
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { useT } from "../i18n/context";
import type { DialogName } from "./Dialogs";

export default function Menu({ onDialog }: { onDialog: (dialog: DialogName) => void }) {
  const { t } = useT();
  return (
    <ButtonDropdown
      variant="icon"
      ariaLabel={t("menu")}
      data-testid="menu"
      items={[
        { id: "preferences", text: t("preferences"), iconName: "settings" },
        { id: "shortcuts", text: t("shortcuts"), iconName: "keyboard" },
        { id: "about", text: t("about"), iconName: "status-info" },
      ]}
      onItemClick={({ detail }) => { onDialog(detail.id as DialogName); }}
    />
  );
}
