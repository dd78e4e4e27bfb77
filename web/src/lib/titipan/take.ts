import { uuidv7 } from '../api/uuid';
import { trueNow } from '../offline/clock';
import { sign, type DeviceKey } from '../offline/device';
import { read } from '../offline/idb';
import { add } from '../offline/outbox.svelte';
import { seal, unseal, type Sealed } from '../offline/own.svelte';
import type { From } from './limit';
import { newCode, signedText, toSecond } from './receipt';

/** Who pays: a worker whom the office knows, or one whose registration this phone keeps. */
export type Person = { worker_id: string } | { registered_by: string };

export interface Taking {
  person: Person;
  /** Short name. */
  label: string;
  amount: number;
  months: number;
  from: From;
  first_month?: string;
  covered_until?: string;
}

/** A receipt as this phone shows it again, sealed under its own key. */
export interface Slip extends Taking {
  id: string;
  code: string;
  counter: number;
  taken_at: string;
}

const counterOf = (device: string) => 'receipt:' + device;
const nameOf = (id: string) => 'slip:' + id;
const personOf = (p: Person) => ('worker_id' in p ? p.worker_id : p.registered_by);

/**
 * Signs a receipt and keeps it for sending. Counter, receipt and operation are on disk together or
 * not at all: a tab that is killed leaves neither a number without its receipt nor the reverse. It
 * returns only when they are; an error means that nothing was taken.
 */
export async function takeCash(device: DeviceKey, agent: string, taking: Taking): Promise<Slip> {
  const [id, code, taken_at] = [uuidv7(), newCode(), toSecond(trueNow())];
  for (;;) {
    const counter = ((await read<number>('meta', counterOf(device.device_id))) ?? 0) + 1;
    const slip: Slip = { ...taking, id, code, counter, taken_at };
    if (await keep(device, agent, slip)) return slip;
  }
}

/** False when another tab took the number meanwhile: then nothing was kept. */
async function keep(device: DeviceKey, agent: string, slip: Slip): Promise<boolean> {
  const { id, code, counter, taken_at, amount, months, label, person } = slip;
  const signature = await sign(device.keys, signedText({ device_id: device.device_id, counter, code, amount, months, taken_at, person: personOf(person) }));
  const kept = { name: nameOf(id), sealed: await seal(slip) };
  const key = counterOf(device.device_id);
  let overtaken = false;
  const put = (s: Record<'meta' | 'draft', IDBObjectStore>) => {
    s.draft.put(kept, kept.name);
    const last = s.meta.get(key) as IDBRequest<number | undefined>;
    last.onsuccess = () => {
      overtaken = (last.result ?? 0) !== counter - 1;
      if (overtaken) s.meta.transaction.abort();
      else s.meta.put(counter, key);
    };
  };
  try {
    await add({
      id, kind: 'cash.take', label, agent, taken_at, after: 'registered_by' in person ? [person.registered_by] : [],
      body: { ...person, months, amount, code, counter, signature },
      cash: { amount, months, counter, from: slip.from, person: personOf(person) }, beside: { stores: ['meta', 'draft'], put }
    });
    return true;
  } catch (error) {
    if (overtaken) return false;
    throw error;
  }
}

/** The receipt of an operation of this phone; undefined when it is another's, or its PIN was forgotten. */
export async function slipOf(id: string): Promise<Slip | undefined> {
  const kept = await read<{ sealed: Sealed }>('draft', nameOf(id)).catch(() => undefined);
  return unseal<Slip>(kept?.sealed);
}
