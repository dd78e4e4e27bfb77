import { words, rupiah, t } from '../i18n/index.svelte';
import price from '../i18n/group/price';
import { keptPrices } from '../price/pack';
import { price as priceOf, type PriceQuestion } from '../price/price';
import { quoteOf } from '../price/quote';
import Why from '../ui/Why.svelte';

/** The sheet that explains a price of the phone's own tables, with its words; it comes when somebody asks why. */
export async function whyOf(question: PriceQuestion) {
  const [pack] = await Promise.all([keptPrices(), words(price)()]);
  const found = pack && priceOf(pack, question);
  return found && { Why, quote: quoteOf(found, pack, question, t, rupiah) };
}
