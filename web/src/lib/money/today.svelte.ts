import { may } from '../session.svelte';
import { rupiah } from '../i18n/index.svelte';
import { keep } from './api';
import { suspense } from './desk';

export interface MoneyTask { kind: 'lapse_soon' | 'suspense'; href: string; args: Record<string, string | number> }

/** What money and the end of cover ask of the office today, beside what the home says itself. */
export class MoneyToday {
  tasks = $state.raw<MoneyTask[]>([]);

  /** Asks for it; what cannot be had is left out. */
  async load(): Promise<void> {
    const [lapses, stray] = await Promise.all([
      may('worker.remind') && may('ledger.read') ? keep.lapses().catch(() => undefined) : undefined, may('suspense.assign') ? suspense.find().catch(() => undefined) : undefined
    ]);
    const tasks: MoneyTask[] = [];
    if (stray?.items.length) tasks.push({ kind: 'suspense', href: '/desk', args: { sum: rupiah(stray.items.reduce((all, s) => all + s.amount, 0)), n: stray.items.length } });
    if (lapses?.counts.soon && lapses.ends_on) tasks.push({ kind: 'lapse_soon', href: '/lapses', args: { n: lapses.counts.soon, until: lapses.ends_on } });
    this.tasks = tasks;
  }
}
