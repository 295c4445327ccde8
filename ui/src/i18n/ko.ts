/** Everything that is said in Korean: our own texts, and those of the design system's parts. */
import { inOrder } from "./order";
import components from "@cloudscape-design/components/i18n/messages/all.ko";

const texts = import.meta.glob<string>("../../locales/ko/*.ftl", { query: "?raw", import: "default", eager: true });

export default { texts: inOrder(texts), components };
