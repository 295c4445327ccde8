/** The client of the shell: commands, channels and errors. No other module imports Tauri. */
import { plainValue } from "./plain";
import { Channel } from "@tauri-apps/api/core";
import { commands as shell, LINK_HOSTS, PLAN_CODES, PROPERTIES, STEPS, UNDOABLE_STEPS, ZOOM_LEVELS, type IpcError } from "./bindings";

export { LINK_HOSTS, PLAN_CODES, PROPERTIES, STEPS, UNDOABLE_STEPS, ZOOM_LEVELS };
export type * from "./bindings";

/** The shell's commands. What they return is shown: see {@link plainValue}. */
export const commands = Object.fromEntries(
  Object.entries(shell).map(([name, command]) => [name, async (...args: unknown[]) => plainValue(await (command as (...args: unknown[]) => Promise<unknown>)(...args))]),
) as typeof shell;

/** A channel that passes each message to `onMessage`. */
export function listen<T>(onMessage: (message: T) => void): Channel<T> {
  const channel = new Channel<T>();
  channel.onmessage = onMessage;
  return channel;
}

/** The error that a command threw. Anything else that was thrown is reported as a defect. */
export function asProblem(thrown: unknown): IpcError {
  if (isProblem(thrown)) return thrown;
  return {
    code: "defect",
    message: { id: "problem-defect" },
    hint: { id: "problem-defect-hint" },
    details: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown),
    retryable: true,
  };
}

function isProblem(thrown: unknown): thrown is IpcError {
  return typeof thrown === "object" && thrown !== null && "code" in thrown && "message" in thrown && "hint" in thrown;
}
