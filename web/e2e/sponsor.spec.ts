import { randomInt } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { caller, type Caller, type Someone } from './act';
import { serious, small, wider } from './axe';
import { DESK, invent, login, PHONE, picture, signIn, useBrowser, type Person } from './browser';

const person = useBrowser();
let maker: Person;
let checker: Person;
let head: Caller;

beforeAll(async () => {
  [maker, checker, head] = await Promise.all([person(DESK), person(DESK), caller(login('branch_head'))]);
  await Promise.all([signIn(maker.page, login('officer')), signIn(checker.page, login('branch_head'))]);
});

/** A desk and a phone can use the page as it is now. */
async function usable(page: Page, what: string, phone = true) {
  expect(await serious(page), what).toEqual([]);
  expect(await wider(page), `${what} is too wide`).toBe(0);
  await picture(page, `sponsor-${what}-1440`);
  if (!phone) return;
  await page.setViewportSize(PHONE);
  expect(await serious(page), `${what} on a phone`).toEqual([]);
  expect(await wider(page), `${what} on a phone`).toBe(0);
  expect(await small(page), what).toEqual([]);
  await picture(page, `sponsor-${what}-360`);
  await page.setViewportSize(DESK);
}

const two = (n: number) => String(n).padStart(2, '0');
const line = (p: Someone, nik = p.nik, village = 'Legok') => `${nik};${p.name};${two(p.day)}-${two(p.month)}-${p.year};P;${village};Pedagang sayur;1500000`;
const list = (name: string, lines: string[]) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(['NIK;Nama;Tanggal Lahir;Jenis Kelamin;Desa;Pekerjaan;Penghasilan', ...lines].join('\n') + '\n') });

/** Somebody who has paid for three months already. */
async function payer(): Promise<Someone> {
  const who = invent('Rosmala');
  const made = await head.ask<{ worker_id: string; payment: { amount: number } }>('POST', '/workers', {
    nik: who.nik, name: who.name, birth_date: `${who.year}-${two(who.month)}-${two(who.day)}`, sex: 'F', occupation: 'Pedagang sayur', monthly_income: 1_500_000, programs: ['JKK', 'JKM'], months: 3,
    consent: { notice_version: head.notice, channel: 'tap', at: new Date().toISOString().replace(/\.\d+Z/, 'Z') }
  });
  await head.ask('POST', `/workers/${made.worker_id}/payments`, { amount: made.payment.amount, channel: 'counter', reference: 'KW-' + randomInt(1e9), paid_on: head.today });
  return who;
}

describe('a sponsor', () => {
  it('agrees, sends a dirty list, mends it, has it approved by a second person, pays once, and all are covered', async () => {
    const { page } = maker;
    const name = 'Kabupaten Uji ' + randomInt(1e6);
    await page.goto('/sponsors');
    await page.click('button:has-text("Tambah sponsor")');
    await page.click('dialog button.main');
    await page.waitForSelector('#sponsor-name-notes .line');
    await page.fill('#sponsor-name', name);
    await page.fill('#sponsor-contact_name', 'Suparman');
    await page.click('dialog button.main');
    await page.click('a:has-text("Perjanjian baru")');
    await page.selectOption('#ag-kind', 'apbd');
    await page.click('form button.main');
    await page.waitForSelector('[role=alert] >> text=4 hal perlu dilihat');
    await usable(page, 'form');
    await page.fill('#ag-number', 'PKS ' + randomInt(1e6));
    await page.fill('#ag-decree', 'SK 7/2026');
    await page.fill('#ag-ceiling_people', '50');
    await page.fill('#ag-ceiling_amount', '20000000');
    await page.fill('#ag-area', 'Kota Jambi');
    await page.click('[role=option]:has-text("Kota Jambi")');
    await page.fill('#ag-quota', 'Legok');
    await page.click('[role=option]:has-text("Legok")');
    await page.fill('.quota li input', '40');
    await page.click('form button.main');
    await page.waitForSelector('text=membuat, orang lain yang menyetujui');
    const agreement = page.url();

    await checker.page.goto(agreement);
    await checker.page.click('button:has-text("Setujui perjanjian")');
    await checker.page.waitForSelector('#send');
    await usable(checker.page, 'agreement');

    const [one, second, third, paid] = [invent('Nurhayati'), invent('Marsinah'), invent('Halimah'), await payer()];
    await page.goto(agreement);
    await page.setInputFiles('#list', list('daftar.pdf', []));
    await page.waitForSelector('#list-notes .line');
    await page.setInputFiles('#list', list('pekerja-rentan.csv', [line(one), line(second, '1,57E+15'), line(third, third.nik, 'Tungkal Entah'), line(paid)]));
    await page.click('button:has-text("Kirim dan periksa")');
    await page.waitForSelector('#findings');
    const roster = page.url();
    await page.waitForSelector('tr:has(td.ln:text-is("3")):has-text("Spreadsheet mengubah NIK")');
    expect(await page.textContent('#collisions ~ ul')).toContain('1 orang sudah membayar sendiri, bersama-sama');
    expect(await page.textContent('.second')).toContain('membuat, orang lain yang menyetujui');
    expect(await page.locator('.second button').count()).toBe(0);
    const kept = page.waitForEvent('download');
    await page.click('button:has-text("Unduh temuan")');
    expect((await kept).suggestedFilename()).toBe('daftar-temuan.xlsx');
    await usable(page, 'findings');

    await page.click('button:has-text("Unggah yang dibetulkan")');
    await page.setInputFiles('#mended', list('pekerja-rentan-2.csv', [line(one), line(second), line(third), line(paid)]));
    await page.click('dialog button.main');
    await page.waitForSelector('h1 + span:has-text("pekerja-rentan-2.csv")');
    await page.waitForSelector('.sum .fig:text-is("4")');

    await checker.page.goto(roster);
    await checker.page.click('button:has-text("Periksa dan setujui")');
    const asked = await checker.page.textContent('dialog h2');
    expect(asked).toMatch(/^Setujui 4 orang, Rp[\d.]+\?$/);
    expect(await serious(checker.page)).toEqual([]);
    await checker.page.click('dialog button.main');
    await checker.page.waitForSelector('#bill');
    await checker.page.waitForSelector(`tr:has-text("${one.name}")`);
    await usable(checker.page, 'bill');

    await page.reload();
    await page.click('button:has-text("di loket")');
    await page.fill('#dep-reference', 'SP2D-' + randomInt(1e9));
    await page.click('dialog button.main');
    await page.waitForSelector('text=4 orang dibayari.');
    await page.waitForSelector(`tr:has-text("${one.name}"):has-text("Desember 2026–November 2027")`);
    await page.evaluate(() => localStorage.setItem('jaring.lang', 'en'));
    await page.reload();
    await page.waitForSelector('text=4 people are paid for.');
    await usable(page, 'started', false);
    await page.evaluate(() => localStorage.setItem('jaring.lang', 'id'));
    await page.goto('/sponsors');
    await page.waitForSelector(`tr:has-text("${name}"):has-text("4 dari 50 orang")`);
    await usable(page, 'list');
    await page.click(`a:has-text("${name}")`);
    await page.waitForSelector('#agreements');
    await usable(page, 'sponsor', false);
    expect([...maker.complaints, ...checker.complaints]).toEqual([]);
  });
});
