import type { Media } from './office';

/** A slide while it is written. */
export interface SlideDraft { title: string; text: string; media?: Media }

/** What a screen shows at most, in pixels, and what the office takes at most, in bytes. */
const [WIDTH, HEIGHT] = [1920, 1080];
export const MOST = 30 * 1024 * 1024;

/** A file as it is sent: a picture that this browser can draw is made no larger than the screen; the rest goes as it is, and the office judges it. */
export async function light(file: File): Promise<Blob> {
  const picture = file.type.startsWith('video/') ? undefined : await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => undefined);
  if (!picture) return new Blob([file], { type: 'application/octet-stream' });
  try {
    const scale = Math.min(1, WIDTH / picture.width, HEIGHT / picture.height);
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale))];
    const pen = canvas.getContext('2d')!;
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const jpeg = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.86));
    return new Blob([jpeg ?? file], { type: 'application/octet-stream' });
  } finally {
    picture.close();
  }
}
