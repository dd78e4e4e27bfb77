import { expect, it } from 'vitest';
import { scenesOf } from './loop.svelte';
import type { Loop } from './public';

const loop = (slides: number, stands: number, entry = false) =>
  ({ slides: Array.from({ length: slides }, (_, n) => ({ title: `S${n}` })), stands: Array.from({ length: stands }, (_, n) => ({ number: String(n), name: `T${n}` })), entry_path: entry ? '/ikut/X' : undefined }) as unknown as Loop;

it('shows each slide, each stand and the way to sign up once', () => {
  for (const [slides, stands, entry] of [[0, 0, false], [3, 0, true], [0, 5, false], [2, 9, true], [4, 3, false]] as const) {
    const scenes = scenesOf(loop(slides, stands, entry));
    expect(scenes.filter((s) => s.kind === 'slide')).toHaveLength(slides);
    expect(new Set(scenes.filter((s) => s.kind === 'stand').map((s) => s.kind === 'stand' && s.number)).size).toBe(stands);
    expect(scenes.filter((s) => s.kind === 'entry')).toHaveLength(entry ? 1 : 0);
  }
});
