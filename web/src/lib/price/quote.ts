import type { Quote, QuoteStep } from '../api';
import type { PackRule, Price, PriceLine, PriceMonth, PricePack, PriceQuestion } from './price';

type Words = (key: 'offline.row' | 'offline.lowest' | 'offline.line' | 'offline.relief', args?: Record<string, string | number>) => string;

/** The phone's price in the shape of the office's quote, with the same steps in the phone's own words. */
export function quoteOf(p: Price, pack: PricePack, q: PriceQuestion, words: Words, money: (n: number) => string = String): Quote {
  const first = p.months[0]!;
  const last = p.months.at(-1)!.month;
  const [year, month] = last.split('-').map(Number) as [number, number];
  const line = (l: PriceLine) => ({ program: l.program, amount: l.amount, full: l.full, rule: l.rule, ...lawOf(pack, l.rule), adjustment: l.relief && pack.rules[l.relief.id]?.article });
  const steps: QuoteStep[] = [rowStep(first, pack, q, words, money)];
  for (const l of first.lines) {
    steps.push({ key: 'step.bpu.rate', program: l.program, label: words('offline.line', { program: l.program, sum: money(l.full) }), amount: l.full, ...proof(pack, l.rule) });
    steps.push(...reliefSteps(p.months, l, pack, words, money));
  }
  return {
    version: p.version, first_month: first.month, last_month: last, covered_until: `${last}-${new Date(Date.UTC(year, month, 0)).getUTCDate()}`,
    total: p.total, due_date: p.due, steps, offline: true,
    months: p.months.map((m) => ({ month: m.month, total: m.total, full: m.full, lines: m.lines.map(line) }))
  };
}

function rowStep(m: PriceMonth, pack: PricePack, q: PriceQuestion, words: Words, money: (n: number) => string): QuoteStep {
  const base = m.table.bases[m.row]!;
  const label = q.lowest_band ? words('offline.lowest', { base: money(base) }) : words('offline.row', { income: money(q.income!), base: money(base) });
  return { key: q.lowest_band ? 'step.bpu.row.lowest' : 'step.bpu.row', label, amount: base, ...proof(pack, m.table.rules.row ?? '') };
}

/** One step for each relief of a programme, with the months where it holds. */
function reliefSteps(months: PriceMonth[], line: PriceLine, pack: PricePack, words: Words, money: (n: number) => string): QuoteStep[] {
  const found = new Map<string, { months: string[]; line: PriceLine }>();
  for (const m of months) {
    const l = m.lines.find((one) => one.program === line.program);
    if (!l?.relief) continue;
    const seen = found.get(l.relief.id) ?? { months: [], line: l };
    seen.months.push(m.month);
    found.set(l.relief.id, seen);
  }
  return [...found].map(([id, { months: held, line: l }]) => ({
    key: 'step.relief', program: l.program, months: held, amount: l.amount, ...proof(pack, id),
    label: words('offline.relief', { program: l.program, full: money(l.full), sum: money(l.amount) })
  }));
}

function lawOf(pack: PricePack, id: string): Partial<Pick<PackRule, 'article' | 'source'>> {
  const rule = pack.rules[id];
  return rule ? { article: rule.article, source: rule.source } : {};
}

function proof(pack: PricePack, id: string): Partial<Pick<QuoteStep, 'article' | 'source' | 'mark' | 'detail'>> {
  const rule = pack.rules[id];
  return rule ? { ...lawOf(pack, id), mark: rule.mark, detail: rule.article } : {};
}
