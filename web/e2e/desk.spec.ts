import { beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { caller, type Caller } from './act';
import { serious, small, wider } from './axe';
import { DESK, house, login, PHONE, picture, signIn, useBrowser } from './browser';

const person = useBrowser('', 'block');
const run = Math.floor(Date.now() / 1000) % 100_000;
const name = `Pojok Layanan Uji ${run}`;
let head: Caller;

beforeAll(async () => {
  head = await caller(login('branch_head'));
});

async function usable(page: Page, what: string, phone = false) {
  expect(await serious(page), what).toEqual([]);
  expect(await wider(page), `${what} is too wide`).toBe(0);
  if (phone) expect(await small(page), what).toEqual([]);
  await picture(page, `desk-${what}`);
}
/** The page as a desk and then as a phone sees it. */
async function both(page: Page, what: string) {
  await usable(page, `${what}-1440`);
  await page.setViewportSize(PHONE);
  await usable(page, `${what}-360`, true);
  await page.setViewportSize(DESK);
}

describe('a service desk', () => {
  it('is opened, gives a number to a phone, is called, becomes a case that leads to an employer, and is closed', async () => {
    const { page, complaints } = await person(DESK);
    await signIn(page, login('branch_head'));
    await page.goto('/services');
    await page.click('button:has-text("Buka meja layanan")');
    await page.click('dialog button.main');
    await page.waitForSelector('#desk-name-notes .line');
    await page.fill('#desk-name', name);
    await page.fill('#desk-place', 'Lantai 1');
    await page.fill('#desk-area', 'kota jambi');
    await page.click('[role=option] >> nth=0');
    // Open at any hour of any day, so that the spec is never outside its hours.
    for (const box of await page.locator('.day input[type=checkbox]').all()) await box.check();
    for (const clock of await page.locator('.day label + input').all()) await clock.fill('00:00');
    for (const clock of await page.locator('.day input + input').all()) await clock.fill('23:59');
    await usable(page, 'form-1440');
    await page.click('dialog button.main');
    await page.waitForURL(/\/services\/[0-9a-f-]{36}/);
    await page.waitForSelector('#window');
    const id = page.url().match(/[0-9a-f-]{36}/)![0];
    const { entry_path, screen_path } = await head.ask<{ entry_path: string; screen_path: string }>('GET', `/services/${id}`);

    const phone = await person(PHONE);
    await phone.page.goto(entry_path);
    await phone.page.waitForSelector('.topics button');
    await usable(phone.page, 'antre-360', true);
    await phone.page.click('.topics button:has-text("Belum didaftarkan")');
    await phone.page.waitForURL('**/nomor/**');
    await phone.page.waitForSelector('h1:text-is("A-001")');
    expect(await phone.page.textContent('.said')).toContain('Anda berikutnya');
    await usable(phone.page, 'nomor-360', true);

    await page.selectOption('#taking', 'wages');
    await page.click('button:has-text("Beri nomor kertas")');
    await page.waitForSelector('li:has-text("B-001")');
    await page.fill('#window', 'Loket 1');
    await page.waitForSelector('li:has-text("A-001")');
    await both(page, 'queue');
    await page.selectOption('#topic', 'not_registered');
    await page.click('button:has-text("Panggil berikutnya")');
    await page.waitForSelector('li.big:has-text("A-001")');
    await phone.page.waitForSelector('.said:has-text("ke Loket 1")');
    await usable(phone.page, 'nomor-called-360', true);
    await phone.page.goto(entry_path);
    await phone.page.waitForSelector('.mine a');

    const screen = await person({ width: 1920, height: 1080 });
    await screen.page.goto(screen_path);
    await screen.page.waitForSelector('.first:has-text("A-001")');
    await usable(screen.page, 'board-1920');

    await page.click('li.big button:has-text("Catat perkara")');
    await page.fill('#case-about', 'Dua tahun bekerja, belum didaftarkan.');
    await page.fill('#case-name', 'Rina Wati');
    await page.fill('#case-phone', '0812 3456 7890');
    await page.click('dialog button.main');
    await page.waitForSelector('h2#who:has-text("Rina Wati")');
    await both(page, 'case');
    await page.click('button:has-text("Ubah status")');
    await page.click('label:has(input[name=move-state][value=closed])');
    await page.selectOption('#move-outcome', 'registered');
    await page.click('dialog button.main');
    await page.waitForSelector('#move-outcome-notes .line');
    await page.keyboard.press('Escape');

    // Whoever was not registered is registered from here, and the case knows it.
    const address = new URL(page.url()).pathname.split('/');
    const { employer_id } = await head.ask<{ employer_id: string }>('POST', '/employers', { kind: 'business', name: `CV Uji ${run}`, area: '15.71.01.1001', sector: 'trade', risk_class: 1, size_class: 'micro', contact_name: 'Bu Tini' });
    await page.click('button:has-text("Hubungkan")');
    await page.waitForSelector(`a[href="/employers/new?case=${address[2]}/${address[4]}"]`);
    await page.fill('#link-employer', `CV Uji ${run}`);
    await page.click('[role=option] >> nth=0');
    await page.click('dialog button.main');
    await page.waitForSelector(`a[href="/employers/${employer_id}"]`);
    await page.click('button:has-text("Ubah status")');
    await page.click('label:has(input[name=move-state][value=closed])');
    await page.selectOption('#move-outcome', 'registered');
    await page.click('dialog button.main');
    await page.waitForSelector('dd:has-text("Sudah didaftarkan")');

    await page.goto(`/services/${id}?t=cases`);
    await page.click('.filters button:has-text("Selesai")');
    await page.waitForSelector('a:has-text("Rina Wati")');
    await both(page, 'cases');
    await page.click('nav.tabs a[href="?t=desk"]');
    await page.waitForSelector('.qr svg');
    await both(page, 'desk');
    await page.goto('/services');
    await page.waitForSelector(`a:has-text("${name}")`);
    await both(page, 'list');

    await head.ask('POST', `/services/${id}/codes`, {});
    const old = await fetch(`${house()}/api/v1/public/services/${entry_path.split('/').at(-1)}`);
    expect(old.status).toBe(404);
    const auditor = await caller(login('auditor'));
    const { items } = await auditor.ask<{ items: { name?: string; hidden?: boolean }[] }>('GET', `/services/${id}/cases?show=closed`);
    expect(items.map((c) => [c.name, c.hidden])).toEqual([[undefined, true]]);
    expect([...complaints, ...phone.complaints]).toEqual([]);
  });
});
