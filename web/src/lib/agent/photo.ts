/** A photo made small in the browser: drawn anew, so that nothing of the camera's notes stays in it. */
export const MOST_BYTES = 60_000;
const SIDE = 480;
const QUALITIES = [0.82, 0.7, 0.55, 0.4];

/** The square in the middle of a picture, towards the top where faces are. */
export function cropOf(width: number, height: number): { x: number; y: number; side: number } {
  const side = Math.min(width, height);
  return { side, x: Math.round((width - side) / 2), y: Math.round((height - side) / 4) };
}

/** A JPEG of at most 60 kB; undefined when the file is no picture. */
export async function shrink(file: Blob): Promise<Blob | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) return undefined;
  const { x, y, side } = cropOf(picture.width, picture.height);
  const canvas = document.createElement('canvas');
  const drawn = canvas.getContext('2d');
  for (const size of [SIDE, SIDE / 2]) {
    canvas.width = canvas.height = Math.min(size, side);
    drawn?.drawImage(picture, x, y, side, side, 0, 0, canvas.width, canvas.height);
    for (const quality of QUALITIES) {
      const made = await new Promise<Blob | null>((give) => canvas.toBlob(give, 'image/jpeg', quality));
      if (made && made.size <= MOST_BYTES) return made;
    }
  }
  return undefined;
}
