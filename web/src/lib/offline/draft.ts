import { read, remove, write } from './idb';
import { seal, unseal, type Sealed } from './own.svelte';

interface Kept {
  name: string;
  sealed: Sealed;
}

/**
 * A draft is kept on each keystroke, sealed. Writes never pile up: while one is under
 * way only the newest value waits.
 */
export class Draft<T> {
  private newest: T | undefined;
  private busy: Promise<void> | undefined;

  constructor(private readonly name: string) {}

  async load(): Promise<T | undefined> {
    try {
      const kept = await read<Kept | Sealed>('draft', this.name);
      return kept && (await unseal<T>('sealed' in kept ? kept.sealed : kept));
    } catch {
      return undefined; // no drawer in this browser: the draft lives in memory alone
    }
  }

  keep(value: T): void {
    this.newest = value;
    this.busy ??= this.drain();
  }

  /** Keeps a value and returns when it is on disk. */
  async put(value: T): Promise<void> {
    this.keep(value);
    await this.busy;
  }

  async drop(): Promise<void> {
    this.newest = undefined;
    await this.busy;
    await remove('draft', this.name).catch(() => undefined);
  }

  private async drain(): Promise<void> {
    try {
      while (this.newest !== undefined) {
        const value = this.newest;
        this.newest = undefined;
        await write('draft', this.name, { name: this.name, sealed: await seal(value) } satisfies Kept);
      }
    } catch {
      this.newest = undefined;
    } finally {
      this.busy = undefined;
    }
  }
}
