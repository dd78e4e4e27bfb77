import { describe, expect, it } from 'vitest';
import { qr } from './qr';
import { readQr, type Picture } from './qr_read';
import { textOf } from './qr_words';

const TICKET = 'https://jaring.contoh/tiket/K7F39M2XAB4CD';

/** The same numbers in every run. */
function dice(seed: number) {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

interface Look { width?: number; height?: number; side: number; turn?: number; lean?: number; noise?: number; shade?: number; at?: [number, number]; soft?: number }

/** A code on a sheet as a camera sees it: turned, leaning back, with noise, and with light from one side. */
function shot(text: string, { width = 640, height = 480, side, turn = 0, lean = 0, noise = 0, shade = 0, at = [width / 2, height / 2], soft = 1 }: Look): Picture {
  const code = qr(text);
  const roll = dice(7);
  const data = new Uint8ClampedArray(width * height * 4);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const light = (x: number, y: number) => {
    const depth = 1 + (lean * (y - at[1])) / height;
    const [dx, dy] = [(x - at[0]) / depth, (y - at[1]) / depth];
    const [u, v] = [(dx * cos + dy * sin) / side + 0.5, (dy * cos - dx * sin) / side + 0.5];
    const inside = u >= -0.16 && v >= -0.16 && u < 1.16 && v < 1.16;
    return inside ? (code[Math.floor(v * code.length)]?.[Math.floor(u * code.length)] ? 30 : 225) : 120;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let i = 0; i < soft; i++) for (let j = 0; j < soft; j++) sum += light(x + i / soft, y + j / soft);
      const value = (sum / soft ** 2) * (1 - (shade * x) / width) + noise * (roll() - 0.5);
      data.set([value, value, value, 255], (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

describe('a code before the camera', () => {
  const looks: Record<string, Look> = {
    straight: { side: 240 }, 'small and far': { side: 110, soft: 2 }, 'filling the picture': { side: 400 }, turned: { side: 230, turn: 0.4, noise: 20 },
    'upside down': { side: 230, turn: Math.PI }, 'on its side': { side: 230, turn: -1.5, shade: 0.5 }, 'leaning back': { side: 260, lean: 0.5, noise: 20, soft: 2 },
    'leaning and turned in bad light': { side: 240, lean: -0.4, turn: 0.25, shade: 0.6, noise: 40, soft: 2 }, 'in a corner': { side: 150, at: [130, 120], turn: 0.1 }
  };
  for (const [name, look] of Object.entries(looks)) it(`is read ${name}`, () => expect(readQr(shot(TICKET, look))).toBe(TICKET));
  it('is read at each length', () => {
    for (const n of [1, 42, 106, 152, 213]) {
      const text = 'x0-'.repeat(80).slice(0, n);
      expect(readQr(shot(text, { side: 400, noise: 20 })), String(n)).toBe(text);
    }
  });
  it('is not seen where there is none', () => {
    const roll = dice(3);
    const noise = { width: 320, height: 240, data: Uint8ClampedArray.from({ length: 320 * 240 * 4 }, () => roll() * 255) };
    expect(readQr(noise)).toBeUndefined();
    expect(readQr({ width: 64, height: 48, data: new Uint8ClampedArray(64 * 48 * 4) })).toBeUndefined();
  });
});

describe('the words of a code', () => {
  it('are mended as far as there are check words, and never guessed', () => {
    const roll = dice(11);
    let refused = 0;
    for (let spoiled = 0; spoiled < 240; spoiled += 8) {
      const code = qr(TICKET);
      for (let n = 0; n < spoiled; n++) {
        const [r, c] = [9 + Math.floor(roll() * (code.length - 9)), 9 + Math.floor(roll() * (code.length - 9))];
        code[r]![c] = !code[r]![c];
      }
      const text = textOf(code);
      if (text === undefined) refused++;
      else expect(text).toBe(TICKET);
      if (spoiled <= 8) expect(text).toBe(TICKET);
    }
    expect(refused).toBeGreaterThan(10);
  });
});
