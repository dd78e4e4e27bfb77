import { randomInt } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { caller, rfc, type Caller } from './act';
import { serious, small, wider } from './axe';
import { DESK, enter, fillIdentity, invent, login, PHONE, picture, useBrowser, type Invented, type Person } from './browser';

const person = useBrowser();
let officer: Person;
let desk: Caller;

beforeAll(async () => {
  [officer, desk] = await Promise.all([person(DESK), caller(login('officer'))]);
  await enter(officer.page, login('officer'));
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
