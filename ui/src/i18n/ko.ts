/** All Korean texts: our own, and those of the design system's components. */
import { inOrder } from "./order";
import components from "@cloudscape-design/components/i18n/messages/all.ko";

const texts = import.meta.glob<string>("../../locales/ko/*.ftl", { query: "?raw", import: "default", eager: true });

export default { texts: inOrder(texts), components };
