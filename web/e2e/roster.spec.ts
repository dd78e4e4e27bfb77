import { randomInt } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { caller, type Someone } from './act';
import { serious, small, wider } from './axe';
import { DESK, invent, login, PHONE, picture, signIn, useBrowser, type Person } from './browser';

const person = useBrowser();
let maker: Person;
let agreement: string;

beforeAll(async () => {
  const [officer, head] = await Promise.all([caller(login('officer')), caller(login('branch_head'))]);
  maker = await person(DESK);
  const [sponsor] = await Promise.all([officer.ask<{ sponsor_id: string }>('POST', '/sponsors', { name: 'Kabupaten Rapi ' + randomInt(1e6), contact_name: 'Suparman' }), signIn(maker.page, login('officer'))]);
  const at = `/sponsors/${sponsor.sponsor_id}/agreements`;
  const made = await officer.ask<{ agreement_id: string }>('POST', at, {
    kind: 'apbd', number: 'PKS ' + randomInt(1e6), decree: 'SK 7/2026', first_month: '2026-12', months: 12, programs: ['JKK', 'JKM'], ceiling_people: 50, ceiling_amount: 20_000_000, terms: { area: '15.71', occupations: ['Pedagang sayur'] }
  });
  agreement = `${at}/${made.agreement_id}`;
  await head.ask('POST', agreement + '/approval', {}, { 'If-Match': await head.tag(agreement) });
});

const two = (n: number) => String(n).padStart(2, '0');
const line = (p: Someone, nik = p.nik, village = 'Legok', name = p.name) => `${nik};${name};${two(p.day)}-${two(p.month)}-${p.year};P;${village};Pedagang sayur;1500000`;

describe('a dirty list', () => {
  it('is mended on its page: taken, typed, accepted, left out and undone', async () => {
    const { page } = maker;
    const [one, two_, three, four, five] = ['Nurhayati', 'Marsinah', 'Halimah', 'Rosmala', 'Jumiati'].map(invent) as [Someone, Someone, Someone, Someone, Someone];
    await page.goto(agreement);
    const kept = page.waitForEvent('download');
    await page.click('button:has-text("Unduh daftar kosong")');
    expect((await kept).suggestedFilename()).toBe('daftar-kosong.xlsx');
    const rows = [line(one), line(two_, '1,57E+15'), line(three, three.nik, 'Lengok'), line(four, four.nik, 'Lengok'), line({ ...one, nik: five.nik }, five.nik)];
    await page.setInputFiles('#list', { name: 'daftar.csv', mimeType: 'text/csv', buffer: Buffer.from(['NIK;Nama;Tanggal Lahir;Jenis Kelamin;Desa;Pekerjaan;Penghasilan', ...rows].join('\n') + '\n') });
    await page.click('button:has-text("Kirim dan periksa")');
    const row = (n: number) => page.locator(`tr:has(td.ln:text-is("${n}"))`);
    const ready = (n: number) => page.waitForSelector(`.sum .fig:text-is("${n}")`);
    await row(3).first().waitFor();
    expect(await row(3).first().textContent()).toContain('Marsinah');
    expect(await page.content()).not.toContain(three.nik);
    await picture(page, 'roster-findings-1440');
    expect(await serious(page)).toEqual([]);

    await page.click('aside button:has-text("Desa tidak dikenal")');
    await page.click('button:has-text("Pakai semua 2 saran")');
    await page.waitForSelector('dialog h2:has-text("Pakai saran di 2 baris?")');
    await page.click('dialog button.main');
    await ready(3);
    await page.click('aside button:has-text("Semua temuan")');
    await row(3).first().locator('button:has-text("Isi NIK")').click();
    for (const [n, part] of (two_.nik.match(/.{4}/g) ?? []).entries()) await page.locator('#mend fieldset input').nth(n).fill(part);
    await picture(page, 'roster-mend-1440');
    expect(await serious(page)).toEqual([]);
    await page.click('dialog button.main');
    await ready(4);

    const held = row(6).filter({ hasText: 'Terima' }).first();
    await held.locator('button:has-text("Terima")').click();
    await page.click('dialog button.main');
    await page.waitForSelector('#accept-reason-notes .line');
    await page.fill('#accept-reason', 'KTP keduanya sudah dilihat');
    await page.click('dialog button.main');
    await page.waitForSelector('aside button:has-text("Diterima setelah dilihat")');
    await page.click('aside button:has-text("Sudah diperbaiki")');
    await row(3).locator('button:has-text("Urungkan")').click();
    await page.click('aside button:has-text("NIK rusak")');
    await row(3).locator('button:has-text("Isi NIK")').waitFor();
    expect(await wider(page)).toBe(0);
    await page.setViewportSize(PHONE);
    await page.waitForSelector('select#kind');
    expect(await serious(page)).toEqual([]);
    expect(await small(page)).toEqual([]);
    expect(await wider(page)).toBe(0);
    await picture(page, 'roster-findings-360');
    expect(maker.complaints).toEqual([]);
  });
});
