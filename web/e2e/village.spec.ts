import { beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { serious, small, wider } from './axe';
import { DESK, enter, login, PHONE, picture, useBrowser, type Person } from './browser';

const person = useBrowser();
let desk: Person;
let guest: Person;

beforeAll(async () => {
  [desk, guest] = await Promise.all([person(DESK), person(PHONE)]);
  await enter(desk.page, login('officer'));
});

/** A desk and a phone can use the page as it is now. */
async function usable(page: Page, what: string) {
  for (const size of [DESK, PHONE]) {
    await page.setViewportSize(size);
    expect(await serious(page), what).toEqual([]);
    expect(await wider(page), `${what} is too wide`).toBe(0);
    if (size === PHONE) expect(await small(page), what).toEqual([]);
    await picture(page, `village-${what}-${size.width}`);
  }
  await page.setViewportSize(DESK);
}

describe('an aware village', () => {
  it('is proposed, agreed and corrected, says what it lacks, and shows its numbers to everybody', async () => {
    const { page } = desk;
    await page.goto('/villages');
    await page.click('button:has-text("Usulkan desa atau pasar")');
    await page.click('dialog button.main');
    await page.waitForSelector('#propose-area-notes .line');
    await page.fill('#propose-area', 'Legok');
    await page.click('[role=option]:has-text("Legok")');
    await page.click('dialog button.main');
    await page.waitForSelector('#road');
    await page.click('button:has-text("Ubah angka")');
    await page.fill('#fig-officials', '7');
    await page.fill('#fig-people', '120');
    await page.click('dialog button.main');
    await page.waitForSelector('#fig-source-notes .line');
    await page.fill('#fig-source', 'Profil kelurahan 2026');
    await page.click('dialog button.main');
    await page.waitForSelector('text=Orang bekerja: 120. Sumber: Profil kelurahan 2026');
    await page.click('button:has-text("Langkah berikut: Disepakati")');
    await page.click('dialog button.main');
    await page.waitForSelector('#step-reference-notes .line');
    await page.fill('#step-reference', 'SK Camat 3/2026');
    await page.click('dialog button.main');
    await page.waitForSelector('text=Dari 7 perangkat, 0 terdaftar dan 0 terlindungi; perlu 7 terlindungi.');
    expect(await page.isDisabled('button:has-text("Langkah berikut: Perangkat terlindungi")')).toBe(true);
    await page.click('button[aria-label="Koreksi: Disepakati"]');
    await page.fill('#step-reference', 'SK Camat 13/2026');
    await page.fill('#step-reason', 'nomornya salah tulis');
    await page.click('dialog button.main');
    await page.waitForSelector('text=nomornya salah tulis');
    await page.fill('#gov-contact', 'Bu Ani');
    await page.click('button:has-text("Daftarkan pemerintah desa")');
    await page.waitForSelector('a:has-text("Buka pemberi kerja")');
    await usable(page, 'page');

    await guest.page.goto((await page.getAttribute('a:has-text("Halaman umum")', 'href'))!);
    await guest.page.waitForSelector('h1:has-text("Legok")');
    await guest.page.waitForSelector('text=SK Camat 13/2026');
    await usable(guest.page, 'public');
    await guest.page.goto('/desa/tidak-ada');
    await guest.page.waitForSelector('h1:has-text("Halaman ini tidak ada")');

    await page.goto('/villages');
    await page.waitForSelector('tr:has-text("Legok"):has-text("Sedang dibangun")');
    await usable(page, 'list');
    expect([...desk.complaints, ...guest.complaints.filter((c) => !c.includes('404'))]).toEqual([]);
  });
});
