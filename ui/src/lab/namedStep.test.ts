import { expect, test } from "vitest";
import lab from "../../locales/en/lab.ftl?raw";
import shell from "../../locales/en/shell.ftl?raw";
import { STEPS } from "../ipc/client";
import { NAMED_STEPS, namedStep } from "./namedStep";

function textsOf(source: string): Map<string, string> {
  return new Map([...source.matchAll(/^([\w-]+) = (.+)$/gm)].map(([, id = "", text = ""]) => [id, text]));
}

test("the hints that name a step are exactly those that are known to", () => {
  const [texts, ofWindow] = [textsOf(lab), textsOf(shell)];
  const titles = STEPS.map((step) => [step, ofWindow.get(`step-${step}-title`) ?? ""] as const);
  expect(titles.every(([, title]) => title !== "")).toBe(true);
  const named = [...texts].flatMap(([id, text]) => {
    const step = id.startsWith("hint-") || id.endsWith("-hint") ? titles.find(([, title]) => text.includes(`the step ${title}`)) : undefined;
    return step ? [[id, step[0]]] : [];
  });
  expect(Object.fromEntries(named)).toEqual(NAMED_STEPS);
});

test("a step is not led to from itself", () => {
  expect(namedStep({ id: "hint-run-push" }, "results")).toBe("push");
  expect(namedStep({ id: "hint-run-push" }, "push")).toBeNull();
  expect(namedStep({ id: "hint-run-again" }, "push")).toBeNull();
  expect(namedStep(null, "push")).toBeNull();
});
