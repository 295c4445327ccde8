/** Shows an error in place of its children when they fail to render; the rest of the window stays usable. */
import { Component, type ReactNode } from "react";
import { asProblem, type IpcError } from "../ipc/client";
import { ProblemAlert } from "./ProblemAlert";

interface ErrorBoundaryProps {
  /** Identifies the content: the error is cleared when it changes. */
  name: string;
  children: ReactNode;
}

interface BoundaryState {
  problem: IpcError | null;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, BoundaryState> {
  override state: BoundaryState = { problem: null };

  static getDerivedStateFromError(thrown: unknown): BoundaryState {
    return { problem: asProblem(thrown) };
  }

  override componentDidUpdate(previous: ErrorBoundaryProps): void {
    if (previous.name !== this.props.name && this.state.problem) this.setState({ problem: null });
  }

  override render(): ReactNode {
    const { problem } = this.state;
    if (!problem) return this.props.children;
    return <ProblemAlert problem={problem} onRetry={() => { this.setState({ problem: null }); }} />;
  }
}
