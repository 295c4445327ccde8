/** The words of one language, from the same Fluent files that Rust uses. One language is loaded at a time. */
import type { I18nProviderProps } from "@cloudscape-design/components/i18n";
import { FluentBundle, FluentNumber, FluentResource, type FluentVariable } from "@fluent/bundle";
import type { Lang, Message } from "../ipc/bindings";
import { particles } from "./particles";

/** One file to load for each language. */
const languages = { ko: () => import("./ko"), en: () => import("./en") } as const;

export type Args = Record<string, string | number>;

export class Words {
  readonly lang: Lang;
  /** What the design system's parts say by themselves. */
  readonly components: I18nProviderProps.Messages;
  readonly #bundle: FluentBundle;
  /** Files that nothing was looked up in yet: reading them all at once would hold back the first screen. */
  readonly #unread: string[];
  readonly #number: Intl.NumberFormat;
  /** By their options: tables say many numbers, and a format is dear to make. */
  readonly #numbers = new Map<string, Intl.NumberFormat>();

  private constructor(lang: Lang, texts: readonly string[], components: I18nProviderProps.Messages) {
    this.lang = lang;
    this.components = components;
    this.#number = new Intl.NumberFormat(lang);
    this.#bundle = new FluentBundle(lang, { useIsolating: false });
    this.#unread = [...texts];
  }

  static async load(lang: Lang): Promise<Words> {
    const { texts, components } = (await languages[lang]()).default;
    return new Words(lang, texts, components);
  }

  /** Says the text `id`. A missing text is said as its id: a test keeps that from happening. */
  text(id: string, args?: Args): string {
    if (!this.has(id)) return id;
    const value = this.#bundle.getMessage(id)?.value;
    if (!value) return id;
    const said = this.#bundle.formatPattern(value, args ? this.#variables(args) : null, []);
    return this.lang === "ko" && args ? particles(said) : said;
  }

  /** Says what Rust said. */
  message(message: Message): string {
    return this.text(message.id, message.args);
  }

  has(id: string): boolean {
    while (!this.#bundle.hasMessage(id)) {
      const text = this.#unread.shift();
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

  percent(value: number, digits = 1): string {
    // What is not certain is not rounded to 100 %.
    const most = 1 - 10 ** (-2 - digits);
    return this.number(value < 1 ? Math.min(value, most) : value, { style: "percent", maximumFractionDigits: digits });
  }

  /** 1 kB is 1,000 bytes, as Docker counts. */
  bytes(value: number): string {
    const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
    let at = 0;
    let left = value;
    while (left >= 1000 && at < units.length - 1) {
      left /= 1000;
      at += 1;
    }
    return this.number(left, {
      style: "unit",
      unit: units[at] ?? "byte",
      unitDisplay: at === 0 ? "long" : "short",
      maximumFractionDigits: at === 0 ? 0 : 1,
    });
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

  /** `09:41:07`, in the reader's time zone. */
  clock(timestamp: string): string {
    return this.moment(timestamp, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
  }

  /** `a, b and c`. */
  list(items: readonly string[]): string {
    return new Intl.ListFormat(this.lang, { type: "conjunction" }).format(items);
  }

  /** `43 ms`; a second and more as durations are said. */
  millis(value: number): string {
    if (value >= 1000) return this.duration(value / 1000);
    return this.number(value, { style: "unit", unit: "millisecond", unitDisplay: "short", maximumFractionDigits: 0 });
  }

  /** A moment in RFC 3339, in the reader's time zone. */
  moment(timestamp: string, options: Intl.DateTimeFormatOptions = { dateStyle: "medium", timeStyle: "medium" }): string {
    const date = new Date(timestamp);
    return Number.isNaN(date.getTime()) ? timestamp : new Intl.DateTimeFormat(this.lang, options).format(date);
  }
}
