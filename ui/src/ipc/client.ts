/** The one door to the shell: every command, channels, and what a failure is. Nothing else knows Tauri. */
import { Channel } from "@tauri-apps/api/core";
import { commands, LINK_HOSTS, type IpcError } from "./bindings";

export { commands, LINK_HOSTS };
export type * from "./bindings";

/** A channel that hands on what comes. */
export function listen<T>(hear: (message: T) => void): Channel<T> {
  const channel = new Channel<T>();
  channel.onmessage = hear;
  return channel;
}

/** What a command threw, as what it is; anything else is a defect of ours, and said as such. */
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
