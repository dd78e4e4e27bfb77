import { realDay, isoDay } from '../nik/nik';
import { readClock, windowIn, windowOf } from './clock';
import type { AgendaItem, Campaign, CampaignChange } from './types';

export type DraftField = 'name' | 'place_id' | 'opens_at' | 'from' | 'to' | 'seal_hours' | 'rewards' | 'goal';
export const DRAFT_FIELDS: DraftField[] = ['name', 'place_id', 'opens_at', 'from', 'to', 'seal_hours', 'rewards', 'goal'];

const PROGRAMS = ['JKK', 'JKM'];

/** A point of an agenda as a line: hour, what, and who behind a dash. */
const lineOf = (a: AgendaItem) => [a.at?.replace(':', '.'), [a.what, a.who].filter(Boolean).join(' – ')].filter(Boolean).join(' ');
export function itemOf(line: string): AgendaItem {
  const [, at, rest = ''] = /^(\d{1,2}[.:]\d{2})?\s*(.*)$/.exec(line.trim()) ?? [];
  const [what = '', ...who] = rest.split(/\s+[–-]\s+/);
  return { ...(at ? { at: at.replace('.', ':').padStart(5, '0') } : {}), what, ...(who.length ? { who: who.join(' – ') } : {}) };
}

/** An activity as it is being planned: what stands in the fields. */
export class Draft {
  name = $state('');
  office = $state('');
  placeText = $state('');
  place = $state<string | undefined>();
  day = $state({ d: '', m: '', y: '' });
  from = $state('08.00');
  to = $state('10.00');
  hours = $state('24');
  rewards = $state('3');
  goal = $state('');
  savings = $state<'no' | 'yes'>('no');
  note = $state('');
  kind = $state('sweep');
  parent = $state('');
  partner = $state('');
  budget = $state<number | undefined>();
  /** The agenda as it is typed: a line each, hour first. */
  agenda = $state('');

  constructor(office: string, today: string, c?: Campaign, zone = 'Asia/Jakarta') {
    const at = c ? windowIn(c.opens_at, c.closes_at, zone) : { day: today, from: '08.00', to: '10.00' };
    const [y = '', m = '', d = ''] = at.day.split('-');
    this.day = { d: String(Number(d)), m: String(Number(m)), y };
    [this.from, this.to, this.office] = [at.from, at.to, office];
    if (!c) return;
    [this.name, this.place, this.placeText] = [c.name, c.place_id, c.place_name ?? ''];
    this.hours = String(c.seal_hours);
    this.rewards = String(c.rewards);
    this.goal = c.plan.goal ? String(c.plan.goal) : '';
    this.savings = c.plan.programs?.includes('JHT') ? 'yes' : 'no';
    this.note = c.plan.note ?? '';
    [this.kind, this.partner, this.budget] = [c.kind, c.organiser_partner ?? '', c.budget || undefined];
    this.agenda = (c.plan.agenda ?? []).map(lineOf).join('\n');
  }

  get iso(): string {
    const [y, m, d] = [Number(this.day.y), Number(this.day.m), Number(this.day.d)];
    return realDay(y, m, d) ? isoDay(y, m, d) : '';
  }

  /** The fields that cannot be sent as they are. */
  faults(withPlace: boolean): DraftField[] {
    const whole = (text: string, from: number, to: number) => /^\d+$/.test(text.trim()) && Number(text) >= from && Number(text) <= to;
    const ok: Record<DraftField, boolean> = {
      name: this.name.trim() !== '', place_id: !withPlace || !!this.place, opens_at: this.iso !== '', from: !!readClock(this.from), to: !!readClock(this.to),
      seal_hours: whole(this.hours, 0, 168), rewards: whole(this.rewards, 0, 20), goal: !this.goal.trim() || whole(this.goal, 1, 100_000)
    };
    return DRAFT_FIELDS.filter((field) => !ok[field]);
  }

  /** What is sent; only after faults said that there are none. */
  body(zone: string): CampaignChange {
    const goal = Number(this.goal.trim());
    const note = this.note.trim();
    return {
      name: this.name.trim(), ...windowOf(this.iso, readClock(this.from)!, readClock(this.to)!, zone), seal_hours: Number(this.hours), rewards: Number(this.rewards),
      ...(this.kind === 'sweep' ? {} : { organiser_partner: this.partner, budget: this.budget ?? 0 }),
      plan: { programs: this.savings === 'yes' ? [...PROGRAMS, 'JHT'] : PROGRAMS, ...(goal ? { goal } : {}), ...(note ? { note } : {}), ...(this.agenda.trim() ? { agenda: this.agenda.split('\n').filter((l) => l.trim()).map(itemOf) } : {}) }
    };
  }
}
