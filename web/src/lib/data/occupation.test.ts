import { describe, expect, it } from 'vitest';
import { findOccupations, occupationName, occupations, sectorOf } from './occupation';

describe('the list of occupations', () => {
  it('names each once, in both languages', () => {
    expect(occupations.length).toBeGreaterThanOrEqual(90);
    for (const lang of ['id', 'en'] as const) {
      const names = occupations.map((o) => o[lang]);
      expect(new Set(names).size).toBe(names.length);
    }
  });
  it('is found by its start, in either language, and by what people call it', () => {
    expect(findOccupations('sayur')[0]!.id).toBe('Pedagang sayur');
    expect(findOccupations('ojol')[0]!.id).toBe('Ojek daring');
    expect(findOccupations('fisher')[0]!.id).toBe('Nelayan');
    expect(findOccupations('tukang b').map((o) => o.id)).toContain('Tukang bangunan');
    expect(findOccupations('xyzzy')).toEqual([]);
    expect(findOccupations('pe').length).toBeLessThanOrEqual(8);
  });
  it('knows the sector', () => {
    expect(sectorOf('Ojek pangkalan')).toBe('transport');
    expect(sectorOf('pedagang sayur')).toBe('other');
    expect(sectorOf('pawang hujan')).toBe('other');
  });
  it('is shown in the language of the screen, free text as it is', () => {
    expect(occupationName('Nelayan', 'en')).toBe('Fisher');
    expect(occupationName('Pawang hujan', 'en')).toBe('Pawang hujan');
  });
});
