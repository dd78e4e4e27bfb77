import { randomInt } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { caller, market, rfc, type Caller } from './act';
import { serious, small, wider } from './axe';
import { DESK, enter, fillIdentity, invent, login, PHONE, picture, useBrowser } from './browser';

const person = useBrowser();
let head: Caller;
let id: string;

beforeAll(async () => {
  head = await caller(login('branch_head'));
  const { place } = await market(head);
  const now = Math.floor(Date.now() / 60_000) * 60_000; // as people plan: by the minute
  const made = await head.ask<{ campaign_id: string }>('POST', '/campaigns', {
    kind: 'job_fair', name: 'Bursa Kerja Uji ' + randomInt(1e6), office_id: head.office.office_id, place_id: place, opens_at: rfc(now - 60_000), closes_at: rfc(now + 3 * 3_600_000)
  });
  id = made.campaign_id;
  await head.ask('POST', `/campaigns/${id}/state`, { to: 'open' });
});

/** A phone can use the page as it is now. */
async function onPhone(page: Page, what: string) {
  expect(await serious(page), what).toEqual([]);
  expect(await wider(page), `${what} is too wide`).toBe(0);
  expect(await small(page), what).toEqual([]);
  await picture(page, `fair-${what}-360`);
}

/** So can the office, at a desk and on its phone. */
async function usable(page: Page, what: string) {
  expect(await serious(page), what).toEqual([]);
  expect(await wider(page), `${what} is too wide`).toBe(0);
  await picture(page, `fair-${what}-1440`);
  await page.setViewportSize(PHONE);
  await onPhone(page, what);
  await page.setViewportSize(DESK);
}

describe('a job fair', () => {
  it('has an applicant hired at the fair: applies on a phone, is called by the employer, and is a worker of the book', async () => {
    const [office, seeker, employer] = await Promise.all([person(DESK), person(PHONE), person(PHONE)]);
    const who = invent('Rosmawati');
    const firm = 'Konveksi Pesisir ' + randomInt(1e6);
    const { page } = office;
    await enter(page, login('officer'));

    // The office notes an opening with a time for interviews.
    await page.goto(`/campaigns/${id}`);
    await page.click('a:has-text("Bursa kerja")');
    await page.click('button:has-text("Tambah lowongan")');
    await page.click('dialog button.main');
    await page.waitForSelector('#o-position-notes .line');
    await page.fill('#o-position', 'Penjahit');
    await page.fill('#o-employer_name', firm);
    await page.fill('#o-seats', '4');
    await page.fill('#o-wage_from', '3000000');
    await page.check('dialog input[value=physical]');
    await page.click('dialog button:has-text("Tambah waktu wawancara")');
    await page.fill('#o-desk0', 'Meja 3');
    await usable(page, 'opening');
    await page.click('dialog button.main');
    await page.waitForSelector('h2:has-text("Penjahit")');
    await usable(page, 'openings');
    const fair = await head.ask<{ page_path: string; items: { desk_path: string }[] }>('GET', `/campaigns/${id}/fair`);

    // Somebody applies on the own phone and has a number.
    await seeker.page.goto(fair.page_path);
    await seeker.page.click('button:has-text("Lamar")');
    await seeker.page.click('dialog button.main');
    await seeker.page.waitForSelector('#in-name-notes');
    await onPhone(seeker.page, 'apply');
    await seeker.page.fill('#in-name', who.name);
    await seeker.page.fill('#in-phone', '0812-3456-7890');
    await seeker.page.check('#in-consent');
    await seeker.page.click('dialog button.main');
    await seeker.page.waitForURL('**/lamaran/**');
    await seeker.page.waitForSelector('text=Nomor Anda');
    await onPhone(seeker.page, 'waits');

    // The employer's own page calls, and sees the phone number once there is an offer.
    await employer.page.goto(fair.items[0]!.desk_path);
    await employer.page.click('button:has-text("Panggil berikutnya")');
    await employer.page.waitForSelector('.big .fig:text-is("1")');
    await onPhone(employer.page, 'desk');
    await seeker.page.reload();
    await seeker.page.waitForSelector('text=Giliran Anda');
    expect(await seeker.page.textContent('main')).toContain('Datang ke Meja 3');
    await onPhone(seeker.page, 'called');
    expect(await employer.page.textContent('main')).not.toContain('3456');
    await employer.page.fill('.note', 'Jahitan rapi');
    await employer.page.click('button:has-text("Selesai wawancara")');
    await employer.page.click('button:has-text("Beri tawaran")');
    await employer.page.waitForSelector('a[href^="tel:"]');
    await onPhone(employer.page, 'offer');

    // The office registers the employer, then the person: that alone is a hiring.
    await page.click('nav.tabs a:has-text("Meja")');
    await page.waitForSelector('text=Ada tawaran');
    await usable(page, 'queue');
    await page.click('a:has-text("Terima & daftarkan")');
    await page.waitForSelector('#employer-contact_name');
    await page.fill('#employer-contact_name', 'Bu Tini');
    await page.fill('#employer-area', 'Legok');
    await page.click('[role=option]:has-text("Legok")');
    await usable(page, 'employer');
    await page.click('form button.main');
    await page.waitForSelector('#wage');
    expect(await page.inputValue('#occupation')).toBe('Penjahit');
    await fillIdentity(page, who);
    await page.click('label:has-text("Tanda tangan")');
    await page.check('#consent');
    await usable(page, 'hire');
    await page.click('form button.main:has-text("Terima")');
    await page.waitForURL('**/fair?t=desk**');
    await page.click('summary');
    await page.waitForSelector('details >> text=Diterima kerja');
    await page.click('nav.tabs a:has-text("Hasil")');
    await page.waitForSelector('dl');
    await usable(page, 'result');
    expect(await page.textContent('dl div:has(dt:text-is("terdaftar sebagai pekerja")) dd')).toBe('1');
    await page.click('nav.tabs a:has-text("Meja")');
    await page.click('summary');
    await page.click('a:has-text("Data pekerja")');
    await page.waitForSelector(`#works >> xpath=.. >> text=${firm}`);
    await seeker.page.reload();
    await seeker.page.waitForSelector('text=terdaftar sebagai pekerja');
    await onPhone(seeker.page, 'hired');
    expect([...office.complaints, ...seeker.complaints, ...employer.complaints]).toEqual([]);
  });
});
