import { tick } from 'svelte';
import { fieldOf, uuidv7, type Finding, type Problem } from '../api';
import { emptyForm, toRegistration, type Findings } from '../register/form.svelte';
import { sentence } from '../register/notes';
import { Register } from '../register/register.svelte';
import type { Note } from '../ui/note';
import { own, type SelfAnswer, type SelfKind } from './api';

export const OWN_STEPS = ['phone', 'code', 'kind', 'identity', 'home', 'work', 'dues', 'agree'] as const;
export type OwnStep = (typeof OWN_STEPS)[number];

/** The fields that each step asks for, as the office names them. */
const FIELDS: Record<OwnStep, string[]> = {
  phone: ['phone'], code: ['code', 'proof'], kind: ['kind', 'business'], identity: ['nik', 'name', 'birth_date', 'sex'], home: ['village', 'address'],
  work: ['occupation', 'sector', 'monthly_income', 'lowest_band', 'income'], dues: ['months', 'programs'], agree: ['consent']
};
export const stepOfField = (field: string): OwnStep => OWN_STEPS.find((s) => FIELDS[s].includes(field)) ?? 'agree';

/** Somebody's own registration on the own phone. Nothing of it is kept on the phone: others may use it next. */
export class OwnRegister extends Register {
  at = $state(0);
  phone = $state('');
  code = $state('');
  shown = $state('');
  until = $state('');
  kind = $state<SelfKind | undefined>();
  business = $state({ name: '', sector: '', villageText: '', village: undefined as string | undefined, workers: '' });
  answer = $state.raw<SelfAnswer | undefined>();
  trouble = $state.raw<Problem | undefined>();
  busy = $state(false);
  private proof = '';
  private wrong = $state.raw<Finding[]>([]);

  constructor(readonly token: string, readonly notice: () => string) {
    super('');
    this.f = emptyForm(uuidv7());
    this.f.channel = 'tap';
    this.loaded = true;
  }

  get step(): OwnStep {
    return OWN_STEPS[this.at]!;
  }

  override keep(): void {}
  protected override async recall(): Promise<void> {}

  /** Notes of a field: the office's, then the phone's own. */
  said(field: string): Note[] {
    return this.wrong.filter((f) => f.pointer === '/' + field).map((f) => ({ code: f.code, verdict: 'reject' as const, text: sentence(f) }));
  }

  /** What was missing is there now. */
  heard(field: string): void {
    this.wrong = this.wrong.filter((f) => f.pointer !== '/' + field);
  }

  private miss(field: string, code = 'field.required'): void {
    this.wrong = [...this.wrong, { pointer: '/' + field, code, verdict: 'reject' }];
  }

  /** True when nothing on this step is missing. */
  private fits(): boolean {
    this.wrong = [];
    switch (this.step) {
      case 'phone':
        if (!this.phone.trim()) this.miss('phone');
        break;
      case 'kind':
        if (!this.kind) this.miss('kind');
        else if (this.kind === 'owner') this.businessFits();
        break;
      case 'home': this.judge(['village'], true);
        if (!this.f.village && !this.f.villageText.trim()) this.findings.village = [{ pointer: '/village', code: 'field.required', verdict: 'reject' }];
        break;
      default:
        this.judge(FIELDS[this.step], true);
    }
    const open = FIELDS[this.step].flatMap((f) => this.findings[f] ?? []).filter((f) => f.verdict !== 'hold');
    return this.wrong.length === 0 && (this.step === 'phone' || open.length === 0);
  }

  private businessFits(): void {
    const b = this.business;
    if (!b.name.trim()) this.miss('business/name');
    if (!b.sector.trim()) this.miss('business/sector');
    if (!b.village) this.miss('business/village', b.villageText.trim() ? 'village.pick' : 'field.required');
    if (!/^[1-9]\d{0,4}$/.test(b.workers.trim())) this.miss('business/workers');
  }

  /** Goes on, asks the office where it must, and tells whether the screen changed. */
  async go(): Promise<boolean> {
    if (this.busy || !this.fits()) return false;
    this.busy = true;
    this.trouble = undefined;
    try {
      if (this.step === 'phone') await this.ask();
      else if (this.step === 'code') this.proof = (await own.tryCode(this.token, this.phone, this.code)).proof;
      else if (this.step === 'kind' && this.kind === 'owner') [this.f.jht, this.jhtKept] = [true, true];
      else if (this.step === 'kind') this.jhtKept = false;
      else if (this.step === 'agree') {
        await this.hand();
        return true;
      }
      this.at++;
      return true;
    } catch (error) {
      return this.refuse(error as Problem);
    } finally {
      this.busy = false;
    }
  }

  /** Asks for a code, again too. */
  async ask(): Promise<void> {
    const sent = await own.askCode(this.token, this.phone);
    [this.until, this.shown, this.code] = [sent.until, sent.demo_code ?? '', ''];
  }

  back(): boolean {
    if (this.at === 0) return false;
    // The code was used: whoever goes back from the next question begins with the phone.
    this.at = this.step === 'kind' ? 0 : this.at - 1;
    this.wrong = [];
    this.trouble = undefined;
    return true;
  }

  private async hand(): Promise<void> {
    const b = this.business;
    const registration = { ...toRegistration(this.f, this.notice()), phone: undefined, confirmed: undefined };
    const business = this.kind === 'owner' ? { name: b.name.trim(), sector: b.sector.trim(), village: b.village ?? '', workers: Number(b.workers) } : undefined;
    this.answer = await own.register(this.token, { proof: this.proof, kind: this.kind!, business, registration }, this.f.id);
  }

  /** The office's findings stand at their fields; an answer that came too late asks for a new code. */
  private async refuse(problem: Problem): Promise<boolean> {
    if (problem.key === 'self.proof_over') {
      this.trouble = problem;
      this.at = 0;
      return true;
    }
    if (!problem.findings.length) {
      this.trouble = problem;
      return false;
    }
    const by: Findings = {};
    for (const f of problem.findings) (by[fieldOf(f.pointer)] ??= []).push({ ...f, verdict: 'reject' });
    this.findings = { ...this.findings, ...by };
    this.wrong = problem.findings;
    const first = Math.min(...Object.keys(by).map((f) => OWN_STEPS.indexOf(stepOfField(f))));
    const moved = first !== this.at;
    this.at = first;
    await tick();
    return moved;
  }
}
