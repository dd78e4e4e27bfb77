import { shortName } from '../field/name';
import { today } from '../i18n/index.svelte';
import { Draft } from '../offline/draft';
import { programsOf, sectorNow } from '../register/form.svelte';
import type { Register } from '../register/register.svelte';
import type { DueFacts } from './due';

/** Keeps it beside the registration, under the phone's own key; the registration itself only the office can open. */
export function keepDue({ f, price }: Register): void {
  const question = { first_month: today().slice(0, 7), programs: programsOf(f), sector: sectorNow(f), ...(f.incomeKind === 'lowest' ? { lowest_band: true } : { income: f.income }) };
  new Draft<DueFacts>('due:' + f.id).keep({ label: shortName(f.name), question, months: f.months, amount: price.quote?.total });
}
