import { Problem } from '../api';

/** An act of a dialog: under way, refused, or done. */
export class Act {
  busy = $state(false);
  problem = $state.raw<Problem | undefined>();

  /** Runs the act; its answer, or undefined when it was refused and `problem` says why. */
  async run<T>(act: () => Promise<T>): Promise<T | undefined> {
    if (this.busy) return undefined;
    this.busy = true;
    this.problem = undefined;
    try {
      return await act();
    } catch (error) {
      this.problem = error as Problem;
      return undefined;
    } finally {
      this.busy = false;
    }
  }
}
