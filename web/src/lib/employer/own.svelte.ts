import { Problem } from '../api';
import { isFull, read, write } from '../offline/idb';
import { enrolled } from '../offline/enrolled';
import { add, bodyOf, dismiss, items, type BoxItem } from '../offline/outbox.svelte';
import { seal, unseal, type Sealed } from '../offline/own.svelte';
import * as sync from '../offline/sync.svelte';
import { session } from '../session.svelte';
import { employers, type NewEmployee, type NewEmployer } from './api';

/** An employer as a phone knows it: of the office, or waiting here. */
export interface OwnEmployer {
  id: string;
  name: string;
  area_name?: string;
  working?: number;
  protected?: number;
  open_bills?: number;
}

const KEY = 'employers';
let kept = $state.raw<OwnEmployer[] | undefined>();

const unsent = (i: BoxItem) => i.state === 'waiting' || i.state === 'sending';
/** Registered on this phone, not with the office yet. */
const waiting = (): OwnEmployer[] => items().filter((i) => i.kind === 'employer.register' && unsent(i)).map((i) => ({ id: i.id, name: i.label }));
/** Whom the box adds to an employer, the newest first; the office has not answered, or refused. */
export const boxOf = (employer: string): BoxItem[] => items().filter((i) => i.kind === 'employee.add' && i.at === employer && i.state !== 'accepted');
/** The agent's employers: those that wait here first. Undefined on a phone that never heard of any. */
export function ownEmployers(): OwnEmployer[] | undefined {
  const here = waiting();
  const told = kept?.filter((e) => !here.some((h) => h.id === e.id));
  return told || here.length ? [...here, ...(told ?? [])] : undefined;
}
export const isWaiting = (id: string): boolean => waiting().some((e) => e.id === id);

/** What the phone heard last, then what the office says now; kept, sealed, for a day without signal. */
export async function loadOwn(): Promise<void> {
  kept ??= await unseal<OwnEmployer[]>(await read<Sealed>('meta', KEY).catch(() => undefined));
  await bringOwn();
}

export async function bringOwn(): Promise<void> {
  try {
    const { items: found } = await employers.find();
    kept = found.map((e) => ({ id: e.employer_id, name: e.name, area_name: e.area_name, working: e.working, protected: e.protected, open_bills: e.open_bills }));
    await write('meta', KEY, await seal(kept));
  } catch {
    // what was heard before stands
  }
}

/** What became of a record: on the phone, or with the office at once. */
export type Kept = 'phone' | 'office' | 'full';

/** An enrolled phone keeps an employer and sends it from the box; any other sends it at once. Throws Problem. */
export async function keepEmployer(body: NewEmployer, id: string, mends?: string): Promise<Kept> {
  return keep({ kind: 'employer.register', label: body.name, id, mends, body }, () => employers.add(body, id));
}

/** The same of somebody who works for one. */
export async function keepEmployee(employer: string, body: NewEmployee, label: string, id: string, mends?: string): Promise<Kept> {
  const after = isWaiting(employer) ? [employer] : [];
  return keep({ kind: 'employee.add', label, id, mends, at: employer, after, body: { employer_id: employer, ...body } }, () => employers.hire(employer, body, id));
}

interface Record { kind: 'employer.register' | 'employee.add'; label: string; id: string; mends?: string; at?: string; after?: string[]; body: unknown }

async function keep({ mends, ...record }: Record, now: () => Promise<unknown>): Promise<Kept> {
  if (!enrolled()) {
    await now();
    return 'office';
  }
  try {
    await add({ ...record, agent: session()!.account.account_id });
  } catch (error) {
    if (isFull(error)) return 'full';
    throw error;
  }
  if (mends) await dismiss(mends);
  void sync.flush();
  return 'phone';
}

/** A refused record, opened by the office for its sender. Throws Problem; undefined when there is nothing left of it. */
export async function refused<T>(id: string): Promise<{ body: T; at?: string } | undefined> {
  const body = await bodyOf<T>(id);
  return body && { body, at: items().find((i) => i.id === id)?.at };
}

export const asProblem = (error: unknown, text: string): Problem => (error instanceof Problem ? error : new Problem('invalid', 0, 'broken', text));
