import { describe, expect, it } from 'vitest';
import { DESK, login, PHONE, picture, signIn, useBrowser } from './browser';

const person = useBrowser('', 'block');

for (const [name, size] of [['phone', PHONE], ['desk', DESK]] as const) {
  describe(`the rules: ${name}`, () => {
    it('say what holds on a day, since when, by which article, and open their table in place', async () => {
      const { page, complaints } = await person(size);
      await signIn(page, login('officer'));
      await page.goto('/rules?on=2026-11-21');
      await page.waitForSelector('#g-bpu');
      expect(await page.locator('section[id^=g-]').count()).toBe(8);
      expect(await page.textContent('#g-jkm')).toMatch(/3 bulan.*24 Februari 2025.*Permenaker 1\/2025|Permenaker 1\/2025/);
      expect(await page.textContent('#g-relief')).toContain('50%');
      expect(await page.textContent('#g-deadline')).toMatch(/Kecelakaan dilaporkan paling lambat.*2 hari/);
      expect(await page.textContent('#open-points')).toMatch(/APBDes.*tanpa keringanan/);
      await picture(page, `rules-${size.width}`);
      await page.click('#g-bpu button:has-text("Buka tabel")');
      expect(await page.locator('#g-bpu .scroll tbody tr').count()).toBe(33);
      await page.click('#g-bpu button:has-text("Tutup tabel")');
      await page.fill('#find', 'pemakaman');
      await page.waitForFunction(() => document.querySelectorAll('section[id^=g-]').length === 2);
      expect(complaints).toEqual([]);
    });
    it('say what changed since another day, before beside after', async () => {
      const { page } = await person(size);
      await signIn(page, login('officer'));
      await page.goto('/rules?on=2025-02-24&since=2025-02-23');
      await page.waitForSelector('#changed');
      const changed = await page.textContent('section[aria-labelledby=changed]');
      expect(changed).toContain('Masa tunggu santunan penuh');
      expect(changed).toMatch(/Sebelumnya\s*0 bulan\s*Sesudahnya\s*3 bulan/);
      await picture(page, `rules-changed-${size.width}`);
    });
  });
}

describe('the day that is asked for', () => {
  it('stands in the address, and one that is none is said to be none', async () => {
    const { page } = await person(DESK);
    await signIn(page, login('officer'));
    await page.goto('/rules?on=2014-01-01');
    await page.waitForSelector('text=/Belum ada aturan pada hari itu/');
    await page.fill('#on', '31');
    await page.selectOption('#on-m', '2');
    await page.waitForSelector('#on-notes .line');
    await page.fill('#on', '1');
    await page.fill('#on-y', '2020');
    await page.waitForSelector('#g-bpu');
    expect(new URL(page.url()).searchParams.get('on')).toBe('2020-02-01');
  });
});
