import price from '../i18n/group/price';
import { words } from '../i18n/index.svelte';
import { priceHere } from '../price/here';
import type { PriceQuestion } from '../price/price';
import Why from '../ui/Why.svelte';

/** The sheet that explains a price of the phone's own tables, with its words; it comes when somebody asks why. */
export async function whyOf(question: PriceQuestion) {
  await words(price)();
  const quote = await priceHere(question);
  return quote && { Why, quote };
}
