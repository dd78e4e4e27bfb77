import { toBase64 } from '../offline/bytes';
import { read, write } from '../offline/idb';
import { day } from './day.svelte';

let shown = $state.raw<{ number: string; address: string } | undefined>();
let asked = '';

/** The agent's photo as an address that a page can show; undefined when there is none. */
export const face = (): string | undefined => (shown && shown.number === day()?.certificate.number ? shown.address : undefined);

/** Takes the photo that the phone kept, else the office's public one. Never throws. */
export async function bringFace(number: string): Promise<void> {
  if (asked === number) return;
  asked = number;
  try {
    const kept = await read<{ number: string; address: string }>('meta', 'face');
    if (kept?.number === number) shown = kept;
    const answer = await fetch(`/api/v1/public/certificates/${encodeURIComponent(number)}/photo`);
    if (!answer.ok || !answer.headers.get('Content-Type')?.startsWith('image/jpeg')) return;
    shown = { number, address: 'data:image/jpeg;base64,' + toBase64(await answer.arrayBuffer()) };
    await write('meta', 'face', shown);
  } catch {
    asked = ''; // away: asked again the next time
  }
}
