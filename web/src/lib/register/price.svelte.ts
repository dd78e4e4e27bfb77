import { api, Problem, type Quote, type QuoteRequest } from '../api';
import { lang, today } from '../i18n/index.svelte';
import { write } from '../offline/idb';
import { programsOf, sectorNow, type FormData } from './form.svelte';

/** The price of what is chosen, asked of the office and kept for the same question. */
export class Price {
  quote = $state.raw<Quote | undefined>();
  problem = $state.raw<Problem | undefined>();
  busy = $state(false);
  /** The difference that JHT makes for one month, once it is known. */
  jht = $state<number | undefined>();
  private known = new Map<string, Quote>();
  private turn = 0;
  private stop: AbortController | undefined;

  /** Brings the price up to date; without an income there is none yet. */
  async ask(f: FormData): Promise<void> {
    const request = requestOf(f);
    const turn = ++this.turn;
    this.stop?.abort();
    if (!request) {
      this.quote = undefined;
      return;
    }
    const key = lang() + JSON.stringify(request);
    const seen = this.known.get(key);
    if (seen) {
      this.quote = seen;
      this.problem = undefined;
      return;
    }
    this.busy = true;
    this.stop = new AbortController();
    // The phone's own tables answer at once; the office's answer takes its place when it comes.
    const own = onPhone(request).catch(() => undefined);
    void own.then((found) => {
      if (turn === this.turn && this.busy && found) this.show(found);
    });
    try {
      const quote = await api.quote(request, { timeout: 6000, signal: this.stop.signal });
      this.known.set(key, quote);
      void write('meta', 'pack_version', quote.version).catch(() => undefined);
      if (turn === this.turn) this.show(quote);
    } catch (error) {
      const problem = error as Problem;
      const found = problem.away || problem.code === 'unavailable' ? await own : undefined;
      if (turn === this.turn) this.show(found, problem);
    } finally {
      if (turn === this.turn) this.busy = false;
    }
  }

  private show(quote: Quote | undefined, problem?: Problem): void {
    this.quote = quote;
    this.problem = quote ? undefined : problem;
  }

  /** The price of what is chosen, explained as a PDF by the office. */
  async pdf(f: FormData): Promise<Blob> {
    return api.quotePdf(requestOf(f)!);
  }

  /** Asks once what one month of JHT costs, so that the offer names its price. */
  async askJht(f: FormData): Promise<void> {
    const request = requestOf({ ...f, jht: true, months: 1 });
    if (!request) return;
    try {
      const quote = await api.quote(request, { timeout: 6000 });
      this.jht = quote.months[0]?.lines.find((l) => l.program === 'JHT')?.amount;
    } catch {
      this.jht = (await onPhone(request))?.months[0]?.lines.find((l) => l.program === 'JHT')?.amount;
    }
  }
}

/** The phone's own sums come with the dues: nobody needs them for the first question. */
async function onPhone(request: QuoteRequest): Promise<Quote | undefined> {
  const { priceHere } = await import('../price/here');
  return priceHere({ ...request, first_month: today().slice(0, 7) });
}

function requestOf(f: FormData): QuoteRequest | undefined {
  const income = f.incomeKind === 'lowest' ? { lowest_band: true } : f.incomeKind === 'known' && f.income ? { income: f.income } : undefined;
  return income && { segment: 'BPU', ...income, programs: programsOf(f), sector: sectorNow(f), months: f.months };
}
