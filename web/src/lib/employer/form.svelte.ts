import { focusFirst, loose, notesOf, required } from '../agent/form';
import type { Problem } from '../api';
import type { Note } from '../ui/note';
import type { Employer, EmployerKind, NewEmployer, Sector, SizeClass } from './api';

const ASKED = ['kind', 'name', 'nib', 'area', 'address', 'sector', 'size_class', 'risk_class', 'contact_name', 'contact_phone'];

/** An employer as it is being entered: at a desk, on a phone, or anew. */
export class EmployerForm {
  kind = $state<EmployerKind>('business');
  name = $state('');
  nib = $state('');
  place = $state('');
  area = $state<string | undefined>();
  address = $state('');
  sector = $state<Sector>('trade');
  size = $state<SizeClass>('micro');
  risk = $state(1);
  contact = $state('');
  phone = $state('');
  own = $state<Record<string, Note[]>>({});
  problem = $state.raw<Problem | undefined>();
  /** Taken freely beyond what is obligatory; the form does not ask for it and hands it on. */
  private extra: string[] | undefined;

  /** What was entered before, to be written anew. */
  read(e: NewEmployer & Partial<Pick<Employer, 'area_name'>>): this {
    [this.kind, this.name, this.nib, this.address] = [e.kind, e.name, e.nib ?? '', e.address ?? ''];
    [this.area, this.place] = [e.area, e.area_name ?? e.area];
    [this.sector, this.size, this.risk] = [e.sector, e.size_class, e.risk_class];
    [this.contact, this.phone, this.extra] = [e.contact_name, e.contact_phone ?? '', e.extra];
    return this;
  }

  notes(field: string): Note[] {
    return [...(this.own[field] ?? []), ...notesOf(this.problem, field)];
  }

  /** A problem that none of the fields shows. */
  get loose(): Problem | undefined {
    return loose(this.problem, ASKED) ? this.problem : undefined;
  }

  /** Whether nothing is missing that a phone can know of. */
  passes(): boolean {
    this.problem = undefined;
    this.own = { name: this.name.trim() ? [] : required(), area: this.area ? [] : required(), contact_name: this.contact.trim() ? [] : required() };
    return !focusFirst(this.own, 'employer-');
  }

  body(): NewEmployer {
    const text = (s: string) => s.trim() || undefined;
    const village = this.kind === 'village_government';
    return {
      kind: this.kind, name: this.name.trim(), nib: this.kind === 'business' ? text(this.nib) : undefined, area: this.area!, address: text(this.address), sector: village ? 'government' : this.sector,
      risk_class: this.risk, size_class: this.size, extra: this.extra?.length ? this.extra : undefined, contact_name: this.contact.trim(), contact_phone: text(this.phone)
    };
  }
}
