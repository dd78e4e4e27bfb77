import { toBase64 } from '../offline/bytes';

/** The longer edge of a photo that is sent, in pixels. */
export const EDGE = 1280;
/** The most that a photo may weigh, in bytes: with base64 it stays under 150 kB. */
export const MOST = 110_000;

/** Draws a picture anew, smaller and without what the camera wrote beside it. Throws when it is no picture. */
export async function shrink(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  try {
    for (let edge = EDGE; ; edge = Math.round(edge * 0.8)) {
      for (const quality of [0.72, 0.6, 0.48]) {
        const bytes = withoutNotes(await drawn(picture, edge, quality));
        if (bytes.length <= MOST || edge < 400) return bytes;
      }
    }
  } finally {
    picture.close();
  }
}

async function drawn(picture: ImageBitmap, edge: number, quality: number): Promise<Uint8Array<ArrayBuffer>> {
  const scale = Math.min(1, edge / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality));
  if (!blob) throw new Error('the picture could not be drawn');
  return new Uint8Array(await blob.arrayBuffer());
}

/** A JPEG without the segments APP1 to APP15 and comments: no place, no phone, no time in it. */
export function withoutNotes(jpeg: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (jpeg[0] !== 0xff || jpeg[1] !== 0xd8) throw new Error('not a JPEG');
  const kept: [number, number][] = [[0, 2]];
  let at = 2;
  while (at + 4 <= jpeg.length && jpeg[at] === 0xff && jpeg[at + 1] !== 0xda) {
    const marker = jpeg[at + 1]!;
    const end = at + 2 + ((jpeg[at + 2]! << 8) | jpeg[at + 3]!);
    const note = (marker >= 0xe1 && marker <= 0xef) || marker === 0xfe;
    if (!note) kept.push([at, end]);
    at = end;
  }
  kept.push([at, jpeg.length]);
  const bytes = new Uint8Array(kept.reduce((sum, [a, b]) => sum + b - a, 0));
  let to = 0;
  for (const [a, b] of kept) {
    bytes.set(jpeg.subarray(a, b), to);
    to += b - a;
  }
  return bytes;
}

/** A photo as a page shows it and the office takes it. */
export interface Photo {
  /** Base64 of the JPEG. */
  jpeg: string;
  taken_at: string;
}

export const photoOf = (bytes: Uint8Array<ArrayBuffer>): Photo => ({ jpeg: toBase64(bytes), taken_at: new Date().toISOString() });
export const addressOf = (photo: Photo): string => 'data:image/jpeg;base64,' + photo.jpeg;
