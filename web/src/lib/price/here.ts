import type { Quote } from '../api';
import { rupiah, t } from '../i18n/index.svelte';
import { keptPrices } from './pack';
import { price, type PriceQuestion } from './price';
import { quoteOf } from './quote';

/** The price worked out on the phone, with the tables that it keeps; undefined without them. */
export async function priceHere(question: PriceQuestion): Promise<Quote | undefined> {
  const pack = await keptPrices();
  const found = pack && price(pack, question);
  return found && quoteOf(found, pack, question, t, rupiah);
}
