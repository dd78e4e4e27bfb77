import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { caller, type Caller } from './act';
import { serious, small, wider } from './axe';
import { DESK, invent, login, PHONE, picture, signIn, useBrowser } from './browser';

const person = useBrowser('', 'block');
/** A walk through many screens, on a machine that has other work too. */
const LONG = 180_000;

/** A phone and a desk can use the page as it is now. */
async function usable(page: Page, what: string) {
  expect(await serious(page), what).toEqual([]);
  expect(await wider(page), `${what} is too wide`).toBe(0);
  await picture(page, what.replaceAll(' ', '-') + '-1440');
  await page.setViewportSize(PHONE);
  expect(await serious(page), `${what} on a phone`).toEqual([]);
  expect(await wider(page), `${what} on a phone`).toBe(0);
  expect(await small(page), what).toEqual([]);
  await picture(page, what.replaceAll(' ', '-') + '-360');
  await page.setViewportSize(DESK);
}

/** The browser of a test has a camera that shows colours, and no reader of codes: this one reads what is held before it. */
const readsCodes = (page: Page) => page.addInitScript(() => {
  const held = () => (window as unknown as { held?: string }).held;
  Object.assign(window, { BarcodeDetector: class { detect = async () => (held() ? [{ rawValue: held() }] : []); } });
});

let made = 0;
/** Somebody applies on the public page. */
async function applies(head: Caller, name: string) {
  const consent = { notice_version: head.notice, channel: 'tap', at: new Date().toISOString().replace(/\.\d+Z/, 'Z') };
  const phone = `0812${String(Date.now() % 10_000_000).padStart(7, '0')}${made++ % 10}`;
  await head.ask('POST', '/public/applications', { office_id: head.office.office_id, name, phone, background: 'trader', prospects: 12, prospects_where: 'Pasar Angso Duo', consent });
}

describe('from applicant to agent', () => {
  it('is seen, accepted, seated, counted here, judged, certified, and then logs in', async () => {
    const head = await caller(login('branch_head'));
    const name = invent('Calon').name;
    await applies(head, name);
    const { page, complaints } = await person(DESK);
    await readsCodes(page);
    await signIn(page, login('branch_head'));
    await page.goto('/applications');
    const card = page.locator(`article:has-text("${name}")`);
    await card.waitFor();
    await usable(page, 'applications');
    await card.locator('button:has-text("Sudah datang ke kantor")').click();
    await page.click('.filters button:has-text("Sudah menghadap")');
    await card.locator('button:has-text("Terima")').click();
    await page.waitForSelector('dialog[open]');
    expect(await serious(page)).toEqual([]);
    await page.click('dialog button[form=decide]');
    await page.waitForSelector('.toast:has-text("diterima")');

    await page.goto('/classes/new');
    await page.click('form button.main');
    await page.waitForSelector('#class-name-notes .line');
    await page.fill('#class-name', 'Kelas ' + name);
    await page.fill('#class-quotas', '2');
    await usable(page, 'class new');
    await page.click('form button.main');
    await page.waitForURL(/\/classes\/[0-9a-f-]{36}$/);
    const id = page.url().split('/').pop()!;
    await page.click('button:has-text("Tambah peserta")');
    await page.click(`.pick li:has-text("${name}") button`);
    await page.waitForSelector(`td:has-text("${name}")`);

    const seats = (await head.ask<{ seats: { name: string; badge: string }[] }>('GET', '/classes/' + id)).seats;
    const badge = seats.find((s) => s.name === name)!.badge;
    await page.fill('#badge', 'ABC');
    await page.click('button:has-text("Catat hadir")');
    await page.waitForSelector('#badge-notes .line');
    await page.click('button:has-text("Pindai dengan kamera")');
    await page.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0);
    await page.evaluate((read) => Object.assign(window, { held: read }), badge);
    await page.waitForSelector(`section li:has-text("${name}"):has-text("hadir")`);
    await page.evaluate(() => Object.assign(window, { held: '' }));
    await page.click('button:has-text("Tutup kamera")');
    expect(await page.locator('video').count()).toBe(0);
    await page.fill('#badge', `${badge.slice(0, 4)}-${badge.slice(4, 8)}-${badge.slice(8)}`.toLowerCase());
    await page.click('button:has-text("Catat hadir")');
    await page.waitForSelector(`section li:has-text("${name}"):has-text("sudah tercatat")`);

    await page.fill('form input[inputmode=numeric]', '120');
    await page.selectOption('form select', 'done');
    await page.click('button:has-text("Simpan nilai")');
    await page.waitForSelector('form [role=alert]');
    await page.fill('form input[inputmode=numeric]', '85');
    await page.click('button:has-text("Simpan nilai")');
    await page.waitForSelector('form td:has-text("Lulus")');
    await usable(page, 'class');
    const kept = page.waitForEvent('download');
    await page.click('header button:has-text("Unduh tanda nama")');
    expect((await kept).suggestedFilename()).toMatch(/\.pdf$/);

    await page.click('button:has-text("Terbitkan 1 sertifikat")');
    await page.click('dialog label:has(#power-cash)');
    await page.click('dialog button[form=certify]');
    await page.waitForSelector('.once td.pw');
    const [user, password] = [await page.textContent('.once tr td:nth-child(2)'), await page.textContent('.once td.pw')];
    await usable(page, 'class passwords');
    await page.click('.once button:has-text("Sudah saya serahkan")');
    expect(await page.textContent('main')).not.toContain(password!.trim());
    await caller({ login: user!.trim(), password: password!.trim() });
    await page.click('td a:has-text("' + name + '")');
    await page.waitForURL(/\/agents\//);
    await page.waitForSelector('h2:has-text("Sertifikat berlaku")');
    expect(await page.textContent('.state')).toContain('mendaftarkan pekerja');
    expect(await page.textContent('.state')).not.toContain('uang tunai');
    expect(complaints).toEqual([]);
  }, LONG);
});

describe('an agent', () => {
  it('is stopped for a reason and may go on again; nobody else decides that', async () => {
    const { page, complaints } = await person(DESK);
    await signIn(page, login('branch_head'));
    await page.goto('/agents');
    await page.waitForSelector('td a');
    await usable(page, 'agents');
    await page.click('td a >> nth=1');
    await page.waitForSelector('button:has-text("Hentikan sementara")');
    await usable(page, 'agent');
    await page.click('button:has-text("Hentikan sementara")');
    await page.click('dialog button[form=stop]');
    await page.waitForSelector('#stop-reason-notes .line');
    await page.fill('#stop-reason', 'ada keluhan dari pedagang');
    await page.click('dialog button[form=stop]');
    await page.waitForSelector('h2:has-text("dihentikan sementara")');
    expect(await page.textContent('.state')).toContain('ada keluhan dari pedagang');
    await usable(page, 'agent stopped');
    await page.click('button:has-text("Pulihkan")');
    await page.fill('#stop-reason', 'keluhan sudah selesai');
    await page.click('dialog button[form=stop]');
    await page.waitForSelector('h2:has-text("Sertifikat berlaku")');
    const officer = await person(DESK);
    await signIn(officer.page, login('officer'));
    await officer.page.goto(new URL(page.url()).pathname);
    await officer.page.waitForSelector('#cert-title');
    expect(await officer.page.locator('button:has-text("Hentikan sementara"), button:has-text("Cabut")').count()).toBe(0);
    expect(complaints).toEqual([]);
  }, LONG);

  it('has a territory, a photo and kit by serial number', async () => {
    const { page, complaints } = await person(DESK);
    await signIn(page, login('branch_head'));
    const serial = 'UJI-' + (Date.now() % 100_000);
    await page.goto('/kit');
    await page.click('header button:has-text("Tambah perlengkapan")');
    await page.fill('#kit-serials', `${serial}-1..${serial}-2`);
    await page.click('dialog button[form=kit-add]');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.click('.filters button:has-text("Di gudang")');
    const row = page.locator(`li:has-text("${serial}-1")`);
    await row.waitFor();
    await usable(page, 'kit');
    await row.locator('button').click();
    const head = await caller(login('branch_head'));
    const agent = (await head.ask<{ items: { account_id: string; name: string }[] }>('GET', '/agents')).items[2]!;
    await page.fill('#kit-agent', agent.name);
    await page.click('dialog [role=option] >> nth=0');
    await page.click('dialog button[form=kit-give]');
    await page.locator('dialog').waitFor({ state: 'detached' });

    await page.goto('/agents/' + agent.account_id);
    await page.click(`section[aria-labelledby=kit-title] li:has-text("${serial}-1") button`);
    await page.click('dialog label:has-text("Hilang")');
    await page.click('dialog button[form=kit-back]');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.locator(`section[aria-labelledby=kit-title] li:has-text("${serial}-1")`).waitFor({ state: 'detached' });

    await page.click('button:has-text("Ubah wilayah")');
    await page.fill('#ter-village', 'Legok');
    await page.click('[role=option] >> nth=0');
    await page.waitForSelector('.chips li:has-text("Legok")');
    await page.fill('#ter-place', 'angso');
    await page.click('[role=option]:has-text("Pasar Angso Duo")');
    await page.waitForSelector('.chips li:has-text("Pasar Angso Duo")');
    expect(await serious(page)).toEqual([]);
    await page.click('button:has-text("Simpan wilayah")');
    await page.waitForSelector('section[aria-labelledby=ter-title] .list:has-text("Legok"):has-text("Pasar Angso Duo")');

    const png = await page.screenshot({ clip: { x: 0, y: 0, width: 700, height: 500 } });
    await page.setInputFiles('input[type=file]', { name: 'foto.png', mimeType: 'image/png', buffer: png });
    await page.waitForSelector('.photo img');
    await page.setInputFiles('input[type=file]', { name: 'foto.txt', mimeType: 'image/png', buffer: Buffer.from('bukan foto') });
    await page.waitForSelector('text=bukan foto yang terbaca');
    expect(complaints).toEqual([]);
  }, LONG);
});
