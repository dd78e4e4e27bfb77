import { api } from '../api';
import { addMonths } from '../i18n/format';
import { today } from '../i18n/index.svelte';
import { Draft } from '../offline/draft';
import { session } from '../session.svelte';

/** Somebody whose cover ends soon: as much as a work list needs. */
export interface EndingSoon {
  worker_id: string;
  name: string;
  occupation: string;
  until: string;
}

interface Kept {
  at: number;
  rows: EndingSoon[];
}

const AGAIN = 30 * 60_000;
const MOST = 200;
let kept = $state.raw<Kept | undefined>();

/** The agent's own people whose cover ends this month or the next, the nearest first; undefined while it is not known. */
export const endingSoon = (): EndingSoon[] | undefined => kept?.rows;
/** When the list was brought. */
export const endingAt = (): number => kept?.at ?? 0;

const draft = () => new Draft<Kept>('ending:' + (session()?.account.account_id ?? ''));

/** Reads the list that the phone kept, sealed, and brings a newer one when there is a network. Never throws. */
export async function bringEnding(now = Date.now()): Promise<void> {
  kept ??= await draft().load();
  if (kept && now - kept.at < AGAIN) return;
  try {
    const found = await api.workers({ status: 'protected', limit: MOST });
    const last = addMonths(today().slice(0, 7), 1);
    const rows = found.items
      .filter((w) => w.covered_until && w.covered_until.slice(0, 7) <= last)
      .map((w) => ({ worker_id: w.worker_id, name: w.name, occupation: w.occupation, until: w.covered_until! }))
      .sort((a, b) => a.until.localeCompare(b.until) || a.name.localeCompare(b.name));
    kept = { at: now, rows };
    draft().keep(kept);
  } catch {
    // the list that is there stays
  }
}
