/** The questions that somebody answers who wants to be an agent, as they stand on the screen. */
import type { Application } from './api';

export const BACKGROUNDS = ['rt_rw', 'community', 'association', 'union', 'academic', 'trader', 'other'] as const;
export type Background = (typeof BACKGROUNDS)[number];
export const STEPS = ['who', 'where', 'walk', 'view', 'agree'] as const;
export type Step = (typeof STEPS)[number];
export type Field = 'name' | 'phone' | 'office_id' | 'background' | 'prospects' | 'consent';

/** The field whose question stands on a step. */
export const STEP_OF: Record<string, Step> = {
  name: 'who', phone: 'who', office_id: 'where', village: 'where', background: 'walk', prospects: 'view', prospects_where: 'view', consent: 'agree'
};
const STORE = 'jaring.apply';
const MOST = 10_000;

export interface Answers {
  name: string;
  phone: string;
  office: string;
  village: string;
  villageText: string;
  background: Background | undefined;
  prospects: string;
  where: string;
}

const empty = (): Answers => ({ name: '', phone: '', office: '', village: '', villageText: '', background: undefined, prospects: '', where: '' });

/** The answers, kept with each keystroke for as long as the tab is open. */
export class Apply {
  a = $state<Answers>(empty());
  agreed = $state(false);

  constructor() {
    try {
      Object.assign(this.a, JSON.parse(sessionStorage.getItem(STORE) ?? '{}'));
    } catch {
      // begins anew
    }
  }

  keep(): void {
    try {
      sessionStorage.setItem(STORE, JSON.stringify(this.a));
    } catch {
      // a tab without storage forgets on reload
    }
  }

  clear(): void {
    try {
      sessionStorage.removeItem(STORE);
    } catch {
      // nothing was kept
    }
  }

  /** The fields of a step that are missing or cannot be right. */
  faults(step: Step): Field[] {
    const a = this.a;
    const ok: Record<Step, [Field, boolean][]> = {
      who: [['name', /\p{L}/u.test(a.name)], ['phone', isPhone(a.phone)]],
      where: [['office_id', a.office !== '']],
      walk: [['background', a.background !== undefined]],
      view: [['prospects', countOf(a.prospects) !== undefined]],
      agree: [['consent', this.agreed]]
    };
    return ok[step].filter(([, right]) => !right).map(([field]) => field);
  }

  /** What is sent; after no step has a fault. */
  body(notice: string, at: string): Application {
    const a = this.a;
    const where = a.where.trim();
    const prospects = countOf(a.prospects) ?? 0;
    return {
      office_id: a.office, name: a.name.trim(), phone: a.phone.trim(), ...(a.village ? { village: a.village } : {}), background: a.background ?? 'other',
      prospects, ...(prospects && where ? { prospects_where: where } : {}), consent: { notice_version: notice, channel: 'tap', at }
    };
  }
}

/** A number of people; undefined when it is none, or beyond belief. */
export function countOf(text: string): number | undefined {
  const digits = text.trim();
  return /^\d{1,5}$/.test(digits) && Number(digits) <= MOST ? Number(digits) : undefined;
}

/** Whether it can be an Indonesian number: 0 or +62, then 9 to 12 digits; the office judges the rest. */
export const isPhone = (text: string): boolean => /^(\+?62|0)\d{8,13}$/.test(text.replace(/[\s().-]/g, ''));
