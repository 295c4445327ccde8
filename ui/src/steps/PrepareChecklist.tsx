/** The list of what the step checks, and why. It changes nothing. */
import Icon, { type IconProps } from "@cloudscape-design/components/icon";
import { useT } from "../i18n/context";
import styles from "./PrepareChecklist.module.css";

const items: readonly { id: string; icon: IconProps.Name }[] = [
  { id: "identity", icon: "user-profile" },
  { id: "region", icon: "globe" },
  { id: "network", icon: "share" },
  { id: "permissions", icon: "key" },
  { id: "inspector-ready", icon: "search" },
  { id: "tags-free", icon: "lock-private" },
  { id: "encryption", icon: "key" },
  { id: "engine", icon: "settings" },
  { id: "engine-network", icon: "share" },
  { id: "disk", icon: "folder" },
  { id: "source-registry", icon: "download" },
  { id: "private-registry", icon: "upload" },
];

export function PrepareChecklist() {
  const { t } = useT();
  return (
    <>
      <p className={styles.about}>{t("prepare-changes-nothing")}</p>
      <ul className={styles.list}>
        {items.map(({ id, icon }) => (
          <li key={id}>
            <Icon name={icon} variant="subtle" />
            <div>
              <strong>{t(`check-${id}`)}</strong>
              <span>{t(`prepare-looks-${id}`)}</span>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
