import type { StartLead } from '../register/register.svelte';
import { leads } from './api';

/** What a note knows of a person, for the form: from the office when it can be asked, else the note's id alone. */
export async function startOf(id: string, known = ''): Promise<StartLead> {
  try {
    const l = await leads.get(id);
    return { id, name: l.name, phone: l.phone, business: l.business, campaign: l.campaign_id };
  } catch {
    return { id, name: known };
  }
}
