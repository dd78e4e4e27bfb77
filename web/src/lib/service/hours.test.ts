import { describe, expect, it } from 'vitest';
import { hoursSaid } from './hours';

describe('hours of a desk', () => {
  it('are one line for days in a row that are alike', () => {
    const opens = [1, 2, 3, 4].map((day) => ({ day, from: '08:00', until: '15:00' }));
    expect(hoursSaid([...opens, { day: 5, from: '08:00', until: '11:30' }, { day: 7, from: '08:00', until: '11:30' }], 'id')).toEqual([
      { days: 'Senin–Kamis', hours: '08.00–15.00' }, { days: 'Jumat', hours: '08.00–11.30' }, { days: 'Minggu', hours: '08.00–11.30' }
    ]);
    expect(hoursSaid(opens.slice(0, 1), 'en')).toEqual([{ days: 'Monday', hours: '08:00–15:00' }]);
  });
});
