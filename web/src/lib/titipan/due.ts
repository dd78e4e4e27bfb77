import { addMonths } from '../i18n/format';
import { Draft } from '../offline/draft';
import { change, readAll } from '../offline/idb';
import { items } from '../offline/outbox.svelte';
import { keptPrices } from '../price/pack';
import { price, type PriceQuestion } from '../price/price';
import { MONTHS } from '../price/months';
import { lastDay } from './month';

/** What some months of a person cost. */
export interface Option { months: number; amount: number; first_month: string; covered_until: string; asked?: PriceQuestion }

/** What a registration that this phone kept costs: enough to take money for it without signal. */
export interface DueFacts {
  label: string;
  question: Omit<PriceQuestion, 'months'>;
  months: number;
  amount?: number;
}

export const dueOf = (operation: string): Promise<DueFacts | undefined> => new Draft<DueFacts>('due:' + operation).load();

/** The months that are offered, priced by the phone's tables; without tables only what is known already. */
export async function optionsOf(question: Omit<PriceQuestion, 'months'> | undefined, known?: { months: number; amount: number; first_month: string }): Promise<Option[]> {
  const pack = await keptPrices();
  const own = known && { ...known, covered_until: lastDay(addMonths(known.first_month, known.months - 1)) };
  const found: Option[] = [];
  for (const months of pack && question ? [...new Set([...MONTHS, ...(known ? [known.months] : [])])].sort((a, b) => a - b) : []) {
    const asked = { ...question!, months };
    const p = price(pack!, asked);
    if (p) found.push({ months, amount: p.total, first_month: asked.first_month, covered_until: lastDay(addMonths(asked.first_month, months - 1)), asked });
  }
  return found.length ? found : own ? [own] : [];
}

const KEPT_SLIPS = 120 * 86_400_000;
/** The moment in the first 48 bits of a UUIDv7. */
export const madeAt = (id: string): number => parseInt(id.replaceAll('-', '').slice(0, 12), 16);

/** Takes away what no screen shows any more: facts of registrations that left the box, receipts of long ago. */
export async function tidy(now = Date.now()): Promise<void> {
  const there = new Set(items().map((i) => i.id));
  const names = (await readAll<{ name?: string }>('draft')).map((d) => d.name ?? '');
  const gone = names.filter((n) => (n.startsWith('due:') && !there.has(n.slice(4))) || (n.startsWith('slip:') && !there.has(n.slice(5)) && now - madeAt(n.slice(5)) > KEPT_SLIPS));
  if (gone.length) await change(['draft'], (s) => gone.forEach((n) => s.draft.delete(n)));
}
