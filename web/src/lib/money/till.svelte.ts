import { api, type Problem, type Worker, type WorkerRow } from '../api';
import { waiting } from './ledger';
import { billOf, purse } from './api';
import type { Asked, CodeBill, Contribution, WorkerLedger } from './types';

/** What was taken since the page was opened. */
export interface Taken { href: string; name: string; amount: number; reference: string; at: number }

/** Who stands at the counter, what waits to be paid, and what was taken. */
export class Till {
  worker = $state.raw<Worker | undefined>();
  ledger = $state.raw<WorkerLedger | undefined>();
  asked = $state.raw<Asked | undefined>();
  problem = $state.raw<Problem | undefined>();
  busy = $state(false);
  taken = $state.raw<Taken[]>([]);
  /** What a code stands for that is no worker's. */
  bill = $state.raw<(CodeBill & { code: string }) | undefined>();
  turn = $state(0);

  get open(): Contribution | undefined {
    return waiting(this.ledger);
  }

  async bring(id: string): Promise<void> {
    [this.busy, this.problem] = [true, undefined];
    if (this.worker?.worker_id !== id) this.clear();
    try {
      const [person, ledger] = await Promise.all([api.worker(id), purse.ledger(id)]);
      [this.worker, this.ledger] = [person.data, ledger];
      this.turn++;
    } catch (error) {
      this.problem = error as Problem;
    } finally {
      this.busy = false;
    }
  }

  /** A code, a number or a name; a whole NIK is looked up and never stands in an address. */
  async find(text: string): Promise<WorkerRow[]> {
    const digits = text.replace(/[\s.\-]/g, '');
    if (/^\d{16}$/.test(digits)) {
      const { worker } = await api.lookup(digits);
      return worker ? [worker] : [];
    }
    if (/^\d{15,}$/.test(digits)) return [];
    this.bill = undefined;
    const found = (await api.workers({ q: text, limit: 8 })).items;
    if (!found.length && /^\d{14}$/.test(digits)) this.bill = await billOf(digits).then((b) => ({ ...b, code: digits }), () => undefined);
    return found;
  }

  took(worker: Worker, amount: number, reference: string): void {
    this.note(`/workers/${worker.worker_id}/money`, worker.name, amount, reference);
    this.worker = worker;
  }

  note(href: string, name: string, amount: number, reference: string): void {
    this.taken = [{ href, name, amount, reference, at: Date.now() }, ...this.taken];
  }

  clear(): void {
    [this.worker, this.ledger, this.asked, this.problem, this.bill] = [undefined, undefined, undefined, undefined, undefined];
  }
}
