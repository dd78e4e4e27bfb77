import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { DESK, fillIdentity, invent, login, next, PHONE, picture, signIn, useBrowser } from './browser';

const person = useBrowser();
const pick = (page: Page, name: string, value: string) => page.click(`label:has(input[name=${name}][value="${value}"])`);
const answered = (page: Page, text: RegExp) => page.waitForFunction(([source]) => new RegExp(source!).test(document.querySelector('.statement')?.textContent ?? ''), [text.source]);
const figures = (page: Page, happening: string) => page.locator(`section[aria-labelledby=h-${happening}] .fig`).allTextContents();

for (const [name, size] of [['phone', PHONE], ['desk', DESK]] as const) {
  describe(`what would my family get: ${name}`, () => {
    it('answers without a log-in, with what waits, who inherits, and that it is an estimate', async () => {
      const { page, complaints } = await person(size);
      await page.goto('/manfaat');
      await answered(page, /0 bulan penuh/);
      expect(await page.textContent('.statement')).toContain('Perkiraan, bukan keputusan');
      expect(await figures(page, 'death')).toEqual(['Rp10.000.000']);
      expect(await page.textContent('.find.warn')).toMatch(/Rp10\.000\.000.*Rp42\.000\.000/);
      expect(await page.locator('section[aria-labelledby=heirs] li').count()).toBeGreaterThan(3);
      expect(await page.textContent('footer')).toContain('tidak berafiliasi');
      await picture(page, `family-first-${size.width}`);

      await pick(page, 'income', '1500000');
      await pick(page, 'stay', '36');
      await pick(page, 'children', '2');
      await answered(page, /Rp1\.500\.000, 36 bulan penuh jadi peserta, 2 anak/);
      expect(await figures(page, 'death')).toEqual(['Rp42.000.000']);
      expect(await figures(page, 'school')).toEqual(['Rp174.000.000', 'Rp174.000.000']);
      expect(await page.locator('.find.warn').count()).toBe(0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
      await picture(page, `family-${size.width}`);
      expect(complaints).toEqual([]);
    });
    it('says why each figure is what it is, by article and source', async () => {
      const { page } = await person(size);
      await page.goto('/manfaat');
      await answered(page, /./);
      const buttons = page.locator('.gets button:has-text("Mengapa segini?")');
      const all = await buttons.count();
      expect(all).toBeGreaterThan(4);
      for (let n = 0; n < all; n++) {
        await buttons.nth(n).click();
        await page.waitForSelector('dialog[open]');
        expect(await page.textContent('dialog')).toMatch(/PP \d+\/\d{4}|Permenaker \d+\/\d{4}/);
        expect(await page.textContent('dialog')).toMatch(/Kuat|Sedang|Lemah/);
        if (n === 1) await picture(page, `family-why-${size.width}`);
        await page.keyboard.press('Escape');
        await page.locator('dialog').waitFor({ state: 'detached' });
      }
    });
  });
}

describe('the family page', () => {
  it('counts months of dues, puts JHT beside the rest, and is kept as a PDF', async () => {
    const { page } = await person(PHONE);
    await page.goto('/manfaat');
    await answered(page, /./);
    await page.click('#jht');
    await page.waitForSelector('section[aria-labelledby=h-jht] .fig:has-text("Tiap bulan")');
    await pick(page, 'stay', '3');
    await page.fill('#months_paid', '30');
    await answered(page, /3 bulan penuh jadi peserta, 30 bulan iuran/);
    expect((await figures(page, 'jht'))[0]).toBe('Rp600.000');
    await picture(page, 'family-jht-360');
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('button:has-text("Simpan sebagai PDF")')]);
    expect(file.suggestedFilename()).toBe('apa-yang-keluarga-dapat.pdf');
  });
  it('speaks English, and takes a typed income and number of months', async () => {
    const { page } = await person(PHONE);
    await page.goto('/manfaat');
    await page.click('header button:has-text("English")');
    await page.waitForSelector('h1:has-text("What would my family get?")');
    await pick(page, 'income', 'other');
    await page.fill('#sum', '3250000');
    await pick(page, 'stay', 'other');
    await page.fill('#stay_months', '2');
    await page.click('#jht');
    await answered(page, /Rp3,250,000, 2 full months a member/);
    await page.waitForSelector('section[aria-labelledby=h-jht] .fig');
    expect(await page.textContent('.statement')).toContain('An estimate, not a decision');
  });
  it('keeps the last answer without signal, and says whose question it answers', async () => {
    const { page, context } = await person(PHONE);
    await page.goto('/manfaat');
    await answered(page, /./);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await context.setOffline(true);
    await page.reload();
    await page.waitForSelector('.find.hold:has-text("jawaban terakhir")');
    expect(await figures(page, 'death')).toEqual(['Rp10.000.000']);
    await pick(page, 'children', '2');
    await page.waitForSelector('.statement:has-text("Ini bukan pilihan Anda sekarang")');
    await picture(page, 'family-offline-360');
    await context.setOffline(false);
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await answered(page, /2 anak/);
  });
  it('opens from the dues with the person’s numbers, and leads back to the draft', async () => {
    const { page } = await person(PHONE);
    await signIn(page, login('agent'));
    await page.goto('/register');
    await fillIdentity(page, invent('Painem'));
    await next(page);
    await next(page);
    await page.fill('#occupation', 'pedagang sayur');
    await page.click('[role=option] >> nth=0');
    await page.click('label:has(input[value=known])');
    await page.fill('#monthly_income', '1500000');
    await next(page);
    await page.waitForSelector('.price .fig');
    await page.click('a:has-text("Apa yang keluarga saya dapat?")');
    await answered(page, /Rp1\.500\.000/);
    expect(new URL(page.url()).search).not.toContain('1500000');
    await page.click('header a.back');
    await page.waitForSelector('.price .fig');
  });
});

describe('the dues without signal', () => {
  it('are worked out on the phone, with their steps', async () => {
    const { page, context } = await person(PHONE);
    await signIn(page, login('agent'));
    await page.goto('/register');
    await page.waitForSelector('#nik');
    const packed = () => page.evaluate(() => new Promise<boolean>((done) => {
      const open = indexedDB.open('jaring');
      open.onsuccess = () => {
        const get = open.result.transaction('meta').objectStore('meta').get('price_pack');
        get.onsuccess = () => (open.result.close(), done(!!get.result));
      };
    }));
    await expect.poll(packed, { timeout: 30_000 }).toBe(true);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.waitForFunction(() => !!navigator.serviceWorker.controller);
    await context.setOffline(true);
    await fillIdentity(page, invent('Tukiyem'));
    await next(page);
    await next(page);
    await page.fill('#occupation', 'pedagang sayur');
    await page.click('[role=option] >> nth=0');
    await page.click('label:has(input[value=known])');
    await page.fill('#monthly_income', '1500000');
    await next(page);
    await page.waitForSelector('.price:has-text("Dihitung di HP ini")');
    const offline = await page.textContent('.price .fig');
    await picture(page, 'dues-offline-360');
    await page.click('.price button.why');
    await page.waitForSelector('dialog[open]');
    expect(await page.textContent('dialog')).toMatch(/PP 44\/2015/);
    await page.keyboard.press('Escape');
    await context.setOffline(false);
    await page.click('label:has(input[name=months][value="6"])');
    await page.waitForFunction(() => !document.querySelector('.price')?.textContent?.includes('Dihitung di HP ini'));
    await page.click('label:has(input[name=months][value="3"])');
    await page.waitForFunction((was) => document.querySelector('.price .fig')?.textContent === was, offline);
  });
});
