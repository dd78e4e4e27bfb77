import { notesOf, required } from '../agent/form';
import type { Finding, Problem } from '../api';
import { uuidv7 } from '../api/uuid';
import { emptyForm, fromRegistration, toRegistration } from '../register/form.svelte';
import { Register } from '../register/register.svelte';
import { session } from '../session.svelte';
import type { SummaryItem } from '../ui/Summary.svelte';
import type { NewEmployee } from './api';

/** The steps of a registration that are asked of an employee: the dues are the employer's. */
const STEPS = [0, 1, 4];

/** Somebody on the way to being an employer's worker: the questions of a registration, and the wage. */
export class Hire {
  r: Register;
  wage = $state<number | undefined>();
  tried = $state(false);
  problem = $state.raw<Problem | undefined>();

  constructor(draft: string) {
    this.r = new Register(draft);
  }

  get wageNotes() {
    return [...(this.tried && !this.wage ? required() : []), ...notesOf(this.problem, 'wage')];
  }

  get workNotes() {
    return [...(this.tried && !this.r.f.occupation.trim() ? required() : []), ...notesOf(this.problem, 'occupation')];
  }

  get summary(): SummaryItem[] {
    return this.r.summary(STEPS);
  }

  /** Whether nothing is missing that a phone can know of. */
  passes(): boolean {
    this.tried = true;
    this.problem = undefined;
    return this.r.passes(STEPS) && !!this.wage && !!this.r.f.occupation.trim();
  }

  body(): NewEmployee {
    const { monthly_income, lowest_band, programs, months, sector, ...person } = toRegistration(this.r.f, session()?.notice_version ?? '');
    return { person: { ...person, programs: [], months: 0 }, wage: this.wage!, position: this.r.f.occupation.trim() };
  }

  /** A refused record back into the form; consent is asked for again. */
  read(body: NewEmployee, mends: string): void {
    this.r.f = fromRegistration({ ...body.person, programs: [], months: 0 } as unknown as Parameters<typeof fromRegistration>[0], uuidv7(), mends);
    this.r.f.occupation ||= body.position ?? '';
    this.wage = body.wage;
  }

  /** What an office said of the person, each at its field. */
  blame(findings: Finding[]): void {
    for (const f of findings) {
      const field = (f.pointer ?? '').replace(/^\/?(person\/)?/, '');
      (this.r.findings[field] ??= []).push(f);
    }
    this.r.asked = true;
  }

  /** The next person of the same employer. */
  next(): void {
    this.r.f = { ...emptyForm(uuidv7()), channel: this.r.f.channel };
    [this.r.findings, this.r.asked, this.wage, this.tried, this.problem] = [{}, false, undefined, false, undefined];
  }
}
