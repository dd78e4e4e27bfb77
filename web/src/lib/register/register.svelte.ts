import { tick } from 'svelte';
import { api, fieldOf, Problem, uuidv7, type Finding, type Registered } from '../api';
import { shortName } from '../field/name';
import { Draft } from '../offline/draft';
import { enrolled } from '../offline/enrolled';
import { isFull } from '../offline/idb';
import * as outbox from '../offline/outbox.svelte';
import { noteSeen, seenBefore } from '../offline/seen';
import * as sync from '../offline/sync.svelte';
import { t } from '../i18n/index.svelte';
import { session } from '../session.svelte';
import type { SummaryItem } from '../ui/Summary.svelte';
import type { Note } from '../ui/note';
import type { Photo } from '../field/photo';
import { check } from './check';
import { emptyForm, fromRegistration, STEPS, stepOf, targetOf, toRegistration, type Findings, type FormData, type FormLot } from './form.svelte';
import { noteOf, sentence, speech } from './notes';
import { Price } from './price.svelte';

/** How a registration ended. One that was kept lies in the box, under its id, and goes on from there. */
export type Ending =
  | { kind: 'accepted' | 'review'; answer: Registered }
  | { kind: 'known'; problem: Problem }
  | { kind: 'kept'; id: string; photoLost?: boolean };

/** What the place of work hands to the form. */
export interface Start {
  /** The refused record that is to be mended. */
  mend?: string;
  campaign?: string;
  lot?: FormLot;
  workplace?: { id: string; name: string };
  /** The contact note from which the form was opened. */
  lead?: StartLead;
}

/** What a contact note knows of the person. */
export interface StartLead { id: string; name?: string; phone?: string; business?: string; campaign?: string }

/** The registration under way: what is typed, what is odd about it, what it costs, how it ended. */
export class Register {
  f = $state<FormData>(emptyForm(uuidv7()));
  photo = $state.raw<Photo | undefined>();
  findings = $state<Findings>({});
  asked = $state(false);
  sending = $state(false);
  problem = $state.raw<Problem | undefined>();
  /** The phone has no room for the record. */
  full = $state(false);
  ending = $state.raw<Ending | undefined>();
  loaded = $state(false);
  /** Old age cannot be left out: whoever employs others needs it. */
  jhtKept = $state(false);
  price = new Price();
  /** The earlier record of this NIK on this phone. */
  private seen = $state.raw<{ nik: string; id: string; at: string } | undefined>();
  private start: Start = {};
  private draft: Draft<FormData>;
  private photoDraft: Draft<Photo & { of: string }>;

  constructor(account: string) {
    this.draft = new Draft(`register:${account}`);
    this.photoDraft = new Draft(`photo:${account}`);
  }

  /** Opens the draft that was left, or the refused record that is to be mended; its body the office must open. */
  async load(start: Start = {}): Promise<void> {
    this.start = start;
    const refused = start.mend ? await this.refused(start.mend) : undefined;
    const kept = refused ? undefined : await this.draft.load();
    if (refused) this.f = refused;
    else if (kept && !start.mend) this.f = { ...emptyForm(kept.id), ...kept };
    const photo = await this.photoDraft.load();
    if (photo && photo.of === this.f.id) this.photo = photo;
    this.place();
    this.loaded = true;
  }

  private async refused(id: string): Promise<FormData | undefined> {
    this.problem = undefined;
    try {
      const body = await outbox.bodyOf(id);
      if (body) return fromRegistration(body, uuidv7(), id);
      this.problem = new Problem('invalid', 0, 'register.broken', t('register.broken'));
    } catch (error) {
      this.problem = error instanceof Problem ? error : new Problem('invalid', 0, 'register.broken', t('register.broken'));
    }
    return undefined;
  }

  /** The stall and its market go into the form; what was typed stays. */
  place(): void {
    const { campaign, lot, workplace } = this.start;
    if (!this.f.mends) this.f.campaign = campaign;
    if (lot) this.f.lot = lot;
    this.meet(this.start.lead);
    if (workplace && !this.f.workplace) [this.f.workplace, this.f.workplaceText] = [workplace.id, workplace.name];
  }

  /** A contact note hands over what it knows; what was typed stays. */
  meet(lead?: StartLead): void {
    if (!lead || this.f.mends) return;
    this.f.lead = lead.id;
    if (lead.campaign) this.f.campaign = lead.campaign;
    this.f.name ||= lead.name ?? '';
    this.f.phone ||= lead.phone ?? '';
    this.f.occupation ||= lead.business ?? '';
  }

  /** True once something worth keeping was typed. */
  get begun(): boolean {
    return !!(this.f.nik || this.f.name || this.f.occupation);
  }

  keep(): void {
    if (this.loaded && !this.ending) this.draft.keep($state.snapshot(this.f) as FormData);
  }

  takePhoto(photo: Photo | undefined): void {
    this.photo = photo;
    if (photo) this.photoDraft.keep({ ...photo, of: this.f.id });
    else void this.photoDraft.drop();
  }

  /** Judges fields; `whole` also says what is missing. */
  judge(fields: readonly string[], whole = false): void {
    for (const field of fields) this.findings[field] = [...check(field, this.f, speech(), whole), ...(field === 'nik' ? this.seenHere() : [])];
  }

  private seenHere(): Finding[] {
    const known = this.seen?.nik === this.f.nik && !this.f.confirmed.includes('nik.seen_here');
    if (!known) return [];
    return [{ pointer: '/nik', code: 'nik.seen_here', verdict: 'warn', args: { id: this.seen!.id, at: this.seen!.at } }];
  }

  /** On leaving a field, and the fields that it speaks about. */
  leave(field: string): void {
    this.judge([field]);
    if (field !== 'nik') return;
    this.judge(['birth_date', 'sex']);
    void this.recall();
  }

  /** Looks whether this phone recorded the NIK before. */
  protected async recall(): Promise<void> {
    const nik = this.f.nik;
    if (nik.length !== 16 || this.seen?.nik === nik) return;
    const found = await seenBefore(nik, [this.f.id, this.f.mends ?? '']);
    this.seen = found && { ...found, nik };
    if (found && this.f.nik === nik) this.judge(['nik']);
  }

  notes(field: string): Note[] {
    return (this.findings[field] ?? []).map((finding) =>
      noteOf(finding, this.f, {
        confirm: (code) => {
          this.f.confirmed = [...new Set([...this.f.confirmed, code])];
          this.judge([field]);
        },
        focus: (id) => document.getElementById(id)?.focus(),
        changed: () => this.judge([field]),
        drop: () => this.again(),
        nameOf: (id) => outbox.items().find((i) => i.id === id)?.label ?? ''
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

  /** An enrolled phone keeps the registration and sends it from the box; any other sends it at once. */
  async send(): Promise<void> {
    if (this.sending) return;
    const all = STEPS.map((_, n) => n);
    if (!this.passes(all)) {
      this.f.step = stepOf(this.summary(all)[0]!.field);
      return;
    }
    this.sending = true;
    this.problem = undefined;
    this.full = false;
    const body = toRegistration(this.f, session()!.notice_version);
    try {
      if (enrolled() && (await this.keepOnPhone(body))) return;
      const answer = await api.register(body, this.f.id);
      await this.end({ kind: answer.data.outcome === 'review' || answer.status === 202 ? 'review' : 'accepted', answer: answer.data });
    } catch (error) {
      await this.failed(error as Problem);
    } finally {
      this.sending = false;
    }
  }

  private async failed(problem: Problem): Promise<void> {
    if (problem.key === 'worker.already_registered') return this.end({ kind: 'known', problem });
    if (problem.code === 'invalid' && problem.findings.length) return this.blame(problem.findings);
    this.problem = problem;
  }

  /** False when the phone could not keep it: then only the office can. */
  private async keepOnPhone(body: object): Promise<boolean> {
    const { id, nik, name, mends } = this.f;
    const agent = session()!.account.account_id;
    const label = shortName(name);
    try {
      const item = await outbox.add({ id, kind: 'worker.register', body, label, agent });
      void noteSeen(nik, id, item.taken_at);
    } catch (error) {
      this.full = isFull(error);
      return false;
    }
    const photoLost = !(await this.keepPhoto(id, label, agent));
    if (mends) await outbox.dismiss(mends);
    await this.end({ kind: 'kept', id, photoLost });
    void sync.flush();
    return true;
  }

  /** The photo goes its own way, after the record; one of a mended record is taken along. */
  private async keepPhoto(id: string, label: string, agent: string): Promise<boolean> {
    const add = (photo: Photo) => outbox.add({
      kind: 'photo.add', after: [id], label, agent, body: { registered_by: id, kind: 'ktp', jpeg: photo.jpeg, taken_at: photo.taken_at }
    });
    try {
      const old = this.f.mends ? outbox.items().find((i) => i.of === this.f.mends) : undefined;
      const photo = this.photo ?? (old && (await outbox.bodyOf<Photo>(old.id)));
      if (photo) await add(photo);
      return true;
    } catch {
      return false;
    }
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
    await Promise.all([this.draft.drop(), this.photoDraft.drop()]);
  }

  /** What was typed is kept elsewhere by now. */
  done(): Promise<void> {
    return this.draft.drop();
  }

  /** The office answered what was kept. */
  arrived(answer: Registered): void {
    this.ending = { kind: answer.outcome, answer };
  }

  /** The next person: everything anew but the place and what the agent chooses each time. */
  again(): void {
    const { channel, campaign, workplace, workplaceText } = this.f;
    this.f = { ...emptyForm(uuidv7()), channel, campaign, workplace, workplaceText };
    this.takePhoto(undefined);
    this.findings = {};
    this.asked = false;
    this.problem = undefined;
    this.full = false;
    this.ending = undefined;
    this.price = new Price();
  }
}
