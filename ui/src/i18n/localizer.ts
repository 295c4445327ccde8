/** The texts and formats of one language, from the Fluent files that Rust uses too. Each language is loaded when it is needed. */
import type { I18nProviderProps } from "@cloudscape-design/components/i18n";
import { FluentBundle, FluentNumber, FluentResource, type FluentVariable } from "@fluent/bundle";
import type { Lang, Message } from "../ipc/bindings";
import { particles } from "./particles";

/** The module of each language. */
const LANGUAGES = { ko: () => import("./ko"), en: () => import("./en") } as const;

export type Args = Record<string, string | number>;

export class Localizer {
  readonly lang: Lang;
  /** The texts of the design system's components. */
  readonly components: I18nProviderProps.Messages;
  readonly #bundle: FluentBundle;
  /** Files that are not parsed yet: parsing all at once would delay the first screen. */
  readonly #unparsed: string[];
  readonly #number: Intl.NumberFormat;
  /** Number formats by their options: tables format many numbers, and a format is slow to create. */
  readonly #numbers = new Map<string, Intl.NumberFormat>();

  constructor(lang: Lang, texts: readonly string[], components: I18nProviderProps.Messages) {
    this.lang = lang;
    this.components = components;
    this.#number = new Intl.NumberFormat(lang);
    this.#bundle = new FluentBundle(lang, { useIsolating: false });
    this.#unparsed = [...texts];
  }

  static async load(lang: Lang): Promise<Localizer> {
    const { texts, components } = (await LANGUAGES[lang]()).default;
    return new Localizer(lang, texts, components);
  }

  /** The text `id`. A missing text is shown as its id; a test ensures that none is missing. */
  text(id: string, args?: Args): string {
    if (!this.has(id)) return id;
    const value = this.#bundle.getMessage(id)?.value;
    if (!value) return id;
    const text = this.#bundle.formatPattern(value, args ? this.#variables(args) : null, []);
    return this.lang === "ko" && args ? particles(text) : text;
  }

  /** The text of a message from the shell. */
  message(message: Message): string {
    return this.text(message.id, message.args);
  }

  has(id: string): boolean {
    while (!this.#bundle.hasMessage(id)) {
      const text = this.#unparsed.shift();
      if (text === undefined) return false;
      this.#bundle.addResource(new FluentResource(text));
    }
    return true;
  }

  #variables(args: Args): Record<string, FluentVariable> {
    const variables: Record<string, FluentVariable> = {};
    for (const [name, value] of Object.entries(args)) {
      variables[name] = typeof value === "number" ? new FluentNumber(value, { maximumFractionDigits: 2 }) : value;
    }
    return variables;
  }

  number(value: number, options?: Intl.NumberFormatOptions): string {
    if (!options) return this.#number.format(value);
    const key = JSON.stringify(options);
    let format = this.#numbers.get(key);
    if (!format) {
      format = new Intl.NumberFormat(this.lang, options);
      this.#numbers.set(key, format);
    }
    return format.format(value);
  }

  /** `30 ms`, `0.4 s`, `12 s`, `3 min 5 s`. */
  duration(seconds: number): string {
    const unit = (value: number, name: string, digits = 0): string =>
      this.number(value, { style: "unit", unit: name, unitDisplay: "short", maximumFractionDigits: digits });
    if (seconds > 0 && seconds < 0.1) return unit(seconds * 1000, "millisecond");
    if (seconds < 10) return unit(seconds, "second", 1);
    const whole = Math.round(seconds);
    if (whole < 60) return unit(whole, "second");
    return `${unit(Math.floor(whole / 60), "minute")} ${unit(whole % 60, "second")}`;
  }

  /** `09:41:07`, in the user's time zone. */
  clock(timestamp: string): string {
    const date = new Date(timestamp);
    if (Number.isNaN(date.getTime())) return timestamp;
    return new Intl.DateTimeFormat(this.lang, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }).format(date);
  }

  /** `a, b and c`. */
  list(items: readonly string[]): string {
    return new Intl.ListFormat(this.lang, { type: "conjunction" }).format(items);
  }

  /** `43 ms`; a second or more is formatted as a duration. */
  millis(value: number): string {
    if (value >= 1000) return this.duration(value / 1000);
    return this.number(value, { style: "unit", unit: "millisecond", unitDisplay: "short", maximumFractionDigits: 0 });
  }
}
