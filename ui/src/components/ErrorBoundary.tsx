/** Keeps the rest of the window standing when a part of it breaks, and says so. */
import { Component, type ReactNode } from "react";
import { asProblem, type IpcError } from "../ipc/client";
import { ProblemAlert } from "./ProblemAlert";

interface ErrorBoundaryProps {
  /** What it holds; something else begins anew. */
  name: string;
  children: ReactNode;
}

interface Broken {
  problem: IpcError | null;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, Broken> {
  override state: Broken = { problem: null };

  static getDerivedStateFromError(thrown: unknown): Broken {
    return { problem: asProblem(thrown) };
  }

  override componentDidUpdate(before: ErrorBoundaryProps): void {
    if (before.name !== this.props.name && this.state.problem) this.setState({ problem: null });
  }

  override render(): ReactNode {
    const { problem } = this.state;
    if (!problem) return this.props.children;
    return <ProblemAlert problem={problem} onRetry={() => { this.setState({ problem: null }); }} />;
  }
}
