import { randomInt } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { caller, rfc, type Caller } from './act';
import { serious, small, wider } from './axe';
import { DESK, enterField, fillIdentity, invent, login, PHONE, picture, signIn, useBrowser, type Invented, type Person } from './browser';

const person = useBrowser();
let officer: Person;
let desk: Caller;

beforeAll(async () => {
  [officer, desk] = await Promise.all([person(DESK), caller(login('officer'))]);
  await signIn(officer.page, login('officer'));
});

/** A desk and a phone can use the page as it is now. */
async function usable(page: Page, what: string) {
  expect(await serious(page), what).toEqual([]);
  expect(await wider(page), `${what} is too wide`).toBe(0);
  await picture(page, `employer-${what}-1440`);
  await page.setViewportSize(PHONE);
  expect(await serious(page), `${what} on a phone`).toEqual([]);
  expect(await wider(page), `${what} on a phone`).toBe(0);
  expect(await small(page), what).toEqual([]);
  await picture(page, `employer-${what}-360`);
  await page.setViewportSize(DESK);
}

async function phone(page: Page, what: string) {
  expect(await serious(page), what).toEqual([]);
  expect(await wider(page), what).toBe(0);
  await picture(page, `employer-${what}-360`);
}

async function hire(page: Page, who: Invented, wage: string) {
  await page.click('a:has-text("Tambah pekerja")');
  await page.waitForSelector('#wage');
  await fillIdentity(page, who);
  await page.fill('#occupation', 'Penjahit');
  await page.fill('#wage', wage);
  await page.click('label:has-text("Tanda tangan")');
  await page.check('#consent');
  await page.click('form button.main:has-text("Tambahkan")');
  await page.waitForSelector(`.cards >> text=${who.name}`);
}

describe('an employer', () => {
  it('is registered, hires two people of whom one pays for herself already, is billed, pays once, and both are protected', async () => {
    const { page } = officer;
    const name = 'Konveksi Uji ' + randomInt(1e6);
    const [own, fresh] = [invent('Rosnidar'), invent('Yulianti')];
    await desk.ask('POST', '/workers', {
      nik: own.nik, name: own.name, birth_date: `${own.year}-${String(own.month).padStart(2, '0')}-${String(own.day).padStart(2, '0')}`, sex: 'F', occupation: 'Penjahit', lowest_band: true,
      programs: ['JKK', 'JKM'], months: 1, consent: { notice_version: desk.notice, channel: 'tap', at: rfc(Date.now()) }
    });
    await page.goto('/employers');
    await page.click('a:has-text("Daftarkan pemberi kerja")');
    await page.waitForSelector('#employer-name');
    await page.click('form button.main');
    await page.waitForSelector('#employer-name-notes .line');
    await usable(page, 'form');
    await page.fill('#employer-name', name);
    await page.fill('#employer-contact_name', 'Bu Tini');
    await page.fill('#employer-area', 'Legok');
    await page.click('[role=option]:has-text("Legok")');
    await page.click('form button.main');
    await page.waitForSelector('text=Belum ada pekerja');

    await hire(page, fresh, '3000000');
    await hire(page, own, '2500000');
    await page.click('button:has-text("Buat tagihan")');
    await page.click('summary:has-text("Mengapa segini")');
    // 0.24 % + 0.30 % of Rp5.500.000
    await page.waitForSelector('article >> text=Rp29.700');
    await usable(page, 'page');
    await page.click('article button:has-text("Terima uangnya")');
    await page.fill('#dep-reference', 'KW-' + randomInt(1e9));
    await page.click('dialog button.main');
    await page.waitForSelector('article >> text=Dibayar');
    await expect.poll(async () => {
      await page.reload();
      return (await page.textContent('.ans'))?.trim();
    }, { timeout: 30_000, interval: 500 }).toBe('2 dari 2 pekerja terlindungi');
    await page.click(`.cards a:has-text("${own.name}")`);
    await page.waitForSelector(`#works >> xpath=.. >> text=${name}`);
    await page.goto('/employers');
    await page.fill('#q', name);
    await page.waitForSelector(`td a:has-text("${name}")`);
    await usable(page, 'list');
    expect(officer.complaints).toEqual([]);
  });
});

/** Whether the phone carries the villages of a regency. */
const villagesKept = (regency: string) =>
  new Promise<boolean>((done) => {
    indexedDB.open('jaring').onsuccess = (e) => {
      const db = (e.target as IDBOpenDBRequest).result;
      const ask = db.transaction('meta').objectStore('meta').get(`area:${regency}`);
      ask.onsuccess = () => (db.close(), done(!!ask.result));
    };
  });

describe('an agent on a phone', () => {
  it('registers a shop and its worker without signal, and both arrive; what is refused is mended', async () => {
    const { page, context, complaints } = await person(PHONE);
    await enterField(page, 0);
    const [shop, who] = ['Toko Uji ' + randomInt(1e6), invent('Marlina')];
    await page.click('.more a:has-text("Pemberi kerja")');
    await page.waitForSelector('text=Belum ada usaha');
    await phone(page, 'field-none');
    await page.click('a:has-text("Daftarkan pemberi kerja")');
    await page.waitForSelector('#employer-name');
    await expect.poll(() => page.evaluate(villagesKept, '15.04'), { timeout: 30_000 }).toBe(true);
    await context.setOffline(true);
    await page.click('form button.main');
    await page.waitForSelector('#employer-name-notes .line');
    await page.fill('#employer-area', 'Sungai Baung');
    await page.click('[role=option]:has-text("Sungai Baung")');
    await page.fill('#employer-name', shop);
    await page.fill('#employer-contact_name', 'Bu Marni');
    await page.fill('#employer-nib', '12');
    await phone(page, 'field-form');
    await page.click('form button.main');
    await page.click('a:has-text("Tambah pekerja")');
    await fillIdentity(page, who);
    await page.fill('#occupation', 'Penjaga toko');
    await page.fill('#wage', '2000000');
    await page.click('label:has-text("Tanda tangan")');
    await page.check('#consent');
    await phone(page, 'field-hire');
    await page.click('form button.main');
    await page.waitForSelector('li:has-text("Menunggu sinyal")');
    await phone(page, 'field-kept');
    // The office says no to the number of the business, so it has no worker either.
    await context.setOffline(false);
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await page.goto('/field/box');
    await page.waitForFunction(() => document.querySelectorAll('main li .reason').length >= 2);
    await phone(page, 'field-refused');
    await page.click(`li:has-text("${shop}") a:has-text("Betulkan")`);
    await page.waitForFunction((name) => document.querySelector<HTMLInputElement>('#employer-name')?.value === name, shop);
    await page.fill('#employer-nib', '');
    await page.click('form button.main');
    await page.waitForSelector('h2:has-text("Siapa yang bekerja")');
    await page.goto('/field/box');
    await page.waitForSelector(`li:has-text("${shop}"):has-text("Diterima")`);
    await page.click('li:has-text("Marlina") a:has-text("Betulkan")');
    await page.waitForFunction((name) => document.querySelector<HTMLInputElement>('#name')?.value === name, who.name);
    await page.selectOption('#hire-at', { label: shop });
    await page.check('#consent');
    await page.click('form button.main');
    await page.waitForSelector('.ans:has-text("0 dari 1 pekerja terlindungi")');
    await phone(page, 'field-page');
    await page.goto('/field/employers');
    await page.waitForSelector(`li:has-text("${shop}"):has-text("0 dari 1")`);
    await phone(page, 'field-list');
    await officer.page.goto('/employers');
    await officer.page.fill('#q', shop);
    await officer.page.waitForSelector(`td a:has-text("${shop}")`);
    expect(complaints).toEqual([]);
  });
});
