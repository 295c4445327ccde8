/** The dialogs of the menu: preferences, keyboard shortcuts, about. */
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { useState, type ReactNode } from "react";
import { ExternalLink } from "../components/ExternalLink";
import { Logo } from "../components/Logo";
import { useLanguage, useT } from "../i18n/context";
import { asProblem, commands, type IpcError, type Lang, type Theme } from "../ipc/client";
import { useIpc } from "../ipc/useIpc";
import { isComposing } from "../lab/composition";
import { usePresenting } from "../lab/presenting";
import { keyLabel, SHORTCUTS } from "../lab/shortcuts";
import { useLab } from "../lab/state";
import { useTheme } from "../theme/theme";
import table from "../components/table.module.css";
import a11y from "../components/a11y.module.css";
import styles from "./Dialogs.module.css";

export type DialogName = "preferences" | "shortcuts" | "about";

export default function Dialogs({ dialog, onClose }: { dialog: DialogName; onClose: () => void }) {
  const { t } = useT();
  return (
    <Modal
      visible
      header={t(dialog)}
      onDismiss={onClose}
      data-testid={dialog}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={onClose} data-testid="close">
            {t("close")}
          </Button>
        </Box>
      }
    >
      {dialogContent(dialog)}
    </Modal>
  );
}

function dialogContent(dialog: DialogName): ReactNode {
  switch (dialog) {
    case "preferences":
      return <Preferences />;
    case "shortcuts":
      return <Shortcuts />;
    case "about":
      return <About />;
  }
}

function Preferences() {
  const { t } = useT();
  const { preferences, updatePreferences, systemLanguage } = useLab();
  const { switchTo } = useLanguage();
  const { chosen, choose } = useTheme();
  const presenting = usePresenting();
  const languages: readonly Lang[] = ["ko", "en"];
  const themes: readonly Theme[] = ["light", "dark"];
  return (
    <SpaceBetween size="l">
      <FormField label={t("language")}>
        <RadioGroup
          value={preferences.language ?? "system"}
          items={[...languages.map((lang) => ({ value: lang, label: t(`language-${lang}`) })), { value: "system", label: t("language-system") }]}
          onChange={({ detail }) => {
            const language = languages.find((lang) => lang === detail.value) ?? null;
            updatePreferences({ language });
            void switchTo(language ?? systemLanguage);
          }}
        />
      </FormField>
      <FormField label={t("theme")}>
        <RadioGroup
          value={chosen ?? "system"}
          items={[...themes.map((theme) => ({ value: theme, label: t(`theme-${theme}`) })), { value: "system", label: t("theme-system") }]}
          onChange={({ detail }) => {
            const theme = themes.find((theme) => theme === detail.value) ?? null;
            updatePreferences({ theme });
            choose(theme);
          }}
        />
      </FormField>
      <FormField label={t("present")} description={t("present-about")}>
        <Toggle checked={presenting.on} onChange={({ detail }) => { presenting.present(detail.checked); }} data-testid="presenting">
          {t("present-start")}
        </Toggle>
      </FormField>
      <FormField label={t("account")} description={t("mask-about")}>
        <Toggle checked={preferences.maskAccount} onChange={({ detail }) => { updatePreferences({ maskAccount: detail.checked }); }} data-testid="mask-account">
          {t("mask-account")}
        </Toggle>
      </FormField>
      <NeverHere />
    </SpaceBetween>
  );
}

/** The excluded accounts. They are stored when the field is left. */
function NeverHere() {
  const { t, message } = useT();
  const stored = useIpc(() => commands.neverHere(), "never-here");
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<IpcError | null>(null);
  const store = async () => {
    if (typed === null) return;
    try {
      const accounts = await commands.setNeverHere(typed.split(/[\s,]+/).filter((account) => account !== ""));
      setTyped(accounts.join(" "));
      setProblem(null);
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  };
  const wrong = problem ?? stored.problem;
  return (
    <FormField
      label={t("never-here")}
      description={t("never-here-about")}
      errorText={wrong ? `${message(wrong.message)} ${message(wrong.hint)}` : undefined}
    >
      <Input
        value={typed ?? stored.data?.join(" ") ?? ""}
        spellcheck={false}
        autoComplete={false}
        onChange={({ detail }) => { setTyped(detail.value); }}
        onBlur={() => void store()}
        onKeyDown={({ detail }) => { if (detail.key === "Enter" && !isComposing(detail)) void store(); }}
        data-testid="never-here"
      />
    </FormField>
  );
}

function Shortcuts() {
  const { t } = useT();
  const { platform } = useLab();
  return (
    <table className={table.table}>
      <caption className={a11y.visuallyHidden}>{t("shortcuts")}</caption>
      <thead className={a11y.visuallyHidden}>
        <tr>
          <th scope="col">{t("shortcut-keys")}</th>
          <th scope="col">{t("shortcut-does")}</th>
        </tr>
      </thead>
      <tbody>
        {SHORTCUTS.map(({ name, keys }) => (
          <tr key={name}>
            <td className={styles.keys}>
              {keys.map((key) => (
                <kbd key={key}>{keyLabel(key, platform)}</kbd>
              ))}
            </td>
            <td>{t(`shortcut-${name}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The main dependencies with their licences. Proper names: not translated. */
const DEPENDENCIES: readonly { name: string; licence: string; href: string }[] = [
  { name: "Cloudscape Design System", licence: "Apache-2.0", href: "https://github.com/cloudscape-design/components" },
  { name: "Tauri", licence: "Apache-2.0 OR MIT", href: "https://github.com/tauri-apps/tauri" },
  { name: "React", licence: "MIT", href: "https://github.com/facebook/react" },
  { name: "Apache ECharts", licence: "Apache-2.0", href: "https://github.com/apache/echarts" },
  { name: "Project Fluent", licence: "Apache-2.0", href: "https://github.com/projectfluent/fluent.js" },
  { name: "AWS SDK for Rust", licence: "Apache-2.0", href: "https://github.com/awslabs/aws-sdk-rust" },
  { name: "Bollard", licence: "Apache-2.0", href: "https://github.com/fussybeaver/bollard" },
];

const SOURCES: readonly { name: string; id: string; href: string }[] = [
  { name: "National Vulnerability Database (NVD)", id: "about-nvd", href: "https://nvd.nist.gov/" },
  { name: "Exploit Prediction Scoring System (EPSS)", id: "about-epss", href: "https://www.first.org/epss/" },
  { name: "CISA KEV", id: "about-kev", href: "https://www.cisa.gov/known-exploited-vulnerabilities-catalog" },
];

function About() {
  const { t } = useT();
  const { version } = useLab();
  return (
    <SpaceBetween size="l">
      <div className={styles.about}>
        <Logo size={56} />
        <div>
          <Box variant="h3" padding="n">
            {t("app-title")}
          </Box>
          <div>{t("about-version", { version })}</div>
          <div>{t("about-licence")}</div>
        </div>
      </div>
      <Box variant="p" padding="n">
        {t("about-text")}
      </Box>
      <div>
        <Box variant="h4">{t("about-sources")}</Box>
        <ul className={styles.list}>
          {SOURCES.map(({ name, id, href }) => (
            <li key={name}>
              <ExternalLink href={href}>{name}</ExternalLink> {t(id)}
            </li>
          ))}
        </ul>
      </div>
      <div>
        <Box variant="h4">{t("about-shoulders")}</Box>
        <ul className={styles.list}>
          {DEPENDENCIES.map(({ name, licence, href }) => (
            <li key={name}>
              <ExternalLink href={href}>{name}</ExternalLink> {licence}
            </li>
          ))}
        </ul>
      </div>
    </SpaceBetween>
  );
}
