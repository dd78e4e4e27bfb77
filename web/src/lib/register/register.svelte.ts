import { tick } from 'svelte';
import { api, fieldOf, Problem, uuidv7, type Finding, type Registered } from '../api';
import { Draft } from '../offline/draft';
import * as outbox from '../offline/outbox.svelte';
import * as sync from '../offline/sync.svelte';
import { session } from '../session.svelte';
import type { SummaryItem } from '../ui/Summary.svelte';
import type { Note } from '../ui/note';
import { check } from './check';
import { emptyForm, fromRegistration, STEPS, stepOf, targetOf, toRegistration, type Findings, type FormData } from './form.svelte';
import { noteOf, sentence, speech } from './notes';
import { Price } from './price.svelte';

/** How a registration ended. */
export type Ending =
  | { kind: 'accepted' | 'review'; answer: Registered }
  | { kind: 'known'; problem: Problem }
  | { kind: 'kept'; label: string };

/** The registration under way: what is typed, what is odd about it, what it costs, how it ended. */
export class Register {
  f = $state<FormData>(emptyForm(uuidv7()));
  findings = $state<Findings>({});
  asked = $state(false);
  sending = $state(false);
  problem = $state.raw<Problem | undefined>();
  ending = $state.raw<Ending | undefined>();
  loaded = $state(false);
  price = new Price();
  private draft: Draft<FormData>;

  constructor(account: string) {
    this.draft = new Draft(`register:${account}`);
  }

  /** Opens the draft that was left, or the refused record that is to be mended. */
  async load(mend?: string): Promise<void> {
    const refused = mend ? await outbox.bodyOf(mend) : undefined;
    const kept = refused ? undefined : await this.draft.load();
    if (refused) this.f = fromRegistration(refused, uuidv7());
    else if (kept) this.f = { ...emptyForm(kept.id), ...kept };
    this.loaded = true;
  }

  /** True once something worth keeping was typed. */
  get begun(): boolean {
    return !!(this.f.nik || this.f.name || this.f.occupation);
  }

  keep(): void {
    if (this.loaded && !this.ending) this.draft.keep($state.snapshot(this.f) as FormData);
  }

  /** Judges fields; `whole` also says what is missing. */
  judge(fields: readonly string[], whole = false): void {
    for (const field of fields) this.findings[field] = check(field, this.f, speech(), whole);
  }

  /** On leaving a field, and the fields that it speaks about. */
  leave(field: string): void {
    this.judge([field]);
    if (field === 'nik') this.judge(['birth_date', 'sex']);
  }

  notes(field: string): Note[] {
    return (this.findings[field] ?? []).map((finding) =>
      noteOf(finding, this.f, {
        confirm: (code) => {
          this.f.confirmed = [...new Set([...this.f.confirmed, code])];
          this.judge([field]);
        },
        focus: (id) => document.getElementById(id)?.focus(),
        changed: () => this.judge([field])
      })
    );
  }

  summary(steps: readonly number[]): SummaryItem[] {
    if (!this.asked) return [];
    const items: SummaryItem[] = [];
    for (const [field, found] of Object.entries(this.findings)) {
      if (!steps.includes(stepOf(field))) continue;
      for (const finding of found.filter((x) => x.verdict !== 'hold')) {
        items.push({ field, target: targetOf(field, this.f), text: sentence(finding), go: () => (this.f.step = stepOf(field)) });
      }
    }
    return items;
  }

  /** Goes on when nothing of these steps is refused or waits for a choice. */
  passes(steps: readonly number[]): boolean {
    for (const n of steps) this.judge(STEPS[n]!.fields, true);
    this.asked = true;
    return this.summary(steps).length === 0;
  }

  next(): boolean {
    if (!this.passes([this.f.step])) return false;
    this.asked = false;
    this.f.step = Math.min(STEPS.length - 1, this.f.step + 1);
    return true;
  }

  back(): boolean {
    if (this.f.step === 0) return false;
    this.asked = false;
    this.f.step--;
    return true;
  }

  /** Sends the registration, or keeps it on an enrolled phone when the office is out of reach. */
  async send(): Promise<void> {
    if (this.sending) return;
    const all = STEPS.map((_, n) => n);
    if (!this.passes(all)) {
      this.f.step = stepOf(this.summary(all)[0]!.field);
      return;
    }
    this.sending = true;
    this.problem = undefined;
    const body = toRegistration(this.f, session()!.notice_version);
    try {
      const answer = await api.register(body, this.f.id);
      await this.end({ kind: answer.data.outcome === 'review' || answer.status === 202 ? 'review' : 'accepted', answer: answer.data });
    } catch (error) {
      await this.failed(error as Problem, body);
    } finally {
      this.sending = false;
    }
  }

  private async failed(problem: Problem, body: unknown): Promise<void> {
    if (problem.key === 'worker.already_registered') return this.end({ kind: 'known', problem });
    if (problem.away || problem.code === 'unavailable' || (problem.code === 'unauthenticated' && sync.device())) {
      if (sync.device() && (await this.keepOnPhone(body))) return;
    }
    if (problem.code === 'invalid' && problem.findings.length) return this.blame(problem.findings);
    this.problem = problem;
  }

  private async keepOnPhone(body: unknown): Promise<boolean> {
    try {
      await outbox.add({
        id: this.f.id, kind: 'worker.register', body, label: this.f.name.trim(), agent: session()!.account.account_id
      });
    } catch {
      return false;
    }
    await this.end({ kind: 'kept', label: this.f.name.trim() });
    void sync.flush();
    return true;
  }

  /** The office's findings, each at its field. */
  private async blame(findings: Finding[]): Promise<void> {
    const by: Findings = {};
    for (const finding of findings) (by[fieldOf(finding.pointer) || 'nik'] ??= []).push(finding);
    this.findings = by;
    this.asked = true;
    this.f.step = Math.min(...Object.keys(by).map(stepOf));
    await tick();
  }

  private async end(ending: Ending): Promise<void> {
    this.ending = ending;
    await this.draft.drop();
  }

  /** The next person: everything anew. */
  again(): void {
    this.f = emptyForm(uuidv7());
    this.findings = {};
    this.asked = false;
    this.problem = undefined;
    this.ending = undefined;
    this.price = new Price();
  }
}
