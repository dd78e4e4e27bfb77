import { get } from '../api/client';
import { read, write } from '../offline/idb';
import { Draft } from '../offline/draft';
import { isAgent, session } from '../session.svelte';
import type { Known } from './limit';
import type { CashReceipt, Deposit, MyCash } from './money';

/** What stands beside the numbers; it names people and is kept sealed. */
export interface Lists { receipts: CashReceipt[]; deposits: Deposit[] }

const keyOf = () => 'cash:' + (session()?.account.account_id ?? '');
const told = new Set<() => void>();

/** Calls `act` each time the office's newest word on one's cash is on the phone. */
export const onCash = (act: () => void): (() => void) => {
  told.add(act);
  return () => told.delete(act);
};

export const keptCash = (): Promise<Known | undefined> => read<Known>('meta', keyOf()).catch(() => undefined);
export const keptLists = (): Promise<Lists | undefined> => listDraft().load();
const listDraft = () => new Draft<Lists>(keyOf());

/** Brings limit, float and what is in one's hands onto the phone, so that it knows them without signal. Throws Problem. */
export async function bringCash(): Promise<void> {
  const at = Date.now();
  const { receipts, deposits, open, float, limit, days, may_take, why, why_text } = await get<MyCash>('/me/cash', { timeout: 20_000 });
  await write('meta', keyOf(), { open, float, limit, days, may_take, why, why_text, at } satisfies Known);
  await listDraft().put({ receipts: receipts ?? [], deposits: deposits ?? [] });
  told.forEach((act) => act());
}

/** The same in the background: what was there stays when the office is away. */
export const bringCashQuietly = (): void => {
  if (isAgent()) void bringCash().catch(() => undefined);
};
