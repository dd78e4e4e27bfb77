import { inflateSync } from 'node:zlib';
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Page } from 'playwright-core';
import { caller, rfc, type Caller, type Someone } from './act';
import { serious, small, wider } from './axe';
import { bank, DESK, invent, login, moveTo, PHONE, picture, signIn, useBrowser, type Person } from './browser';
import { serveSpare } from './server';
import { xlsx } from './xlsx';

// The whole way of a sponsor's money, in a house with a bank and a core of the fund: a dirty list, mended on the page and
// sent again, a second person, one bill at the bank, the fund's confirmation, and what is handed over in the end.
const person = useBrowser('', 'block');
let stop = () => Promise.resolve<unknown>(undefined);
let maker: Person;
let checker: Person;
let officer: Caller;
let head: Caller;

beforeAll(async () => {
  const spare = inject('spare');
  if (spare) {
    const house = await serveSpare(spare);
    stop = house.stop;
    moveTo(house);
  }
  [officer, head, maker, checker] = await Promise.all([caller(login('officer')), caller(login('branch_head')), person(DESK), person(DESK)]);
  await Promise.all([signIn(maker.page, login('officer')), signIn(checker.page, login('branch_head'))]);
});
afterAll(() => stop());

/** A desk and a phone can use the page as it is now. */
async function usable(page: Page, what: string) {
  for (const size of [PHONE, DESK]) {
    await page.setViewportSize(size);
    expect(await serious(page), what).toEqual([]);
    expect(await wider(page), `${what} is too wide`).toBe(0);
    if (size === PHONE) expect(await small(page), what).toEqual([]);
    await picture(page, `handover-${what}-${size.width}`);
  }
}

const two = (n: number) => String(n).padStart(2, '0');
const HEAD = ['NIK', 'Nama', 'Tanggal Lahir', 'Jenis Kelamin', 'Desa', 'Pekerjaan', 'Penghasilan'];
const row = (p: Someone, more: { nik?: string | number; village?: string } = {}) => [more.nik ?? p.nik, p.name, `${two(p.day)}-${two(p.month)}-${p.year}`, 'P', more.village ?? 'Legok', 'Pedagang sayur', 1_500_000];

interface Roster { roster_id: string; state: string; version: number; people: number; amount: number; code?: string; covered: number }
async function becomes(roster: string, holds: (r: Roster) => boolean): Promise<Roster> {
  let now: Roster | undefined;
  await expect.poll(async () => holds((now = await head.ask<Roster>('GET', '/rosters/' + roster))), { timeout: 60_000 }).toBe(true);
  return now!;
}

/** A sponsor with an agreement that a second person approved, from this month on. */
async function sponsor(name: string, kind: string): Promise<string> {
  const { sponsor_id } = await officer.ask<{ sponsor_id: string }>('POST', '/sponsors', { name, contact_name: 'Suparman' });
  const at = `/sponsors/${sponsor_id}/agreements`;
  const made = await officer.ask<{ agreement_id: string }>('POST', at, {
    kind, number: 'PKS ' + randomInt(1e6), decree: kind === 'apbd' ? 'SK 7/2026' : undefined, first_month: officer.today.slice(0, 7), months: 12, programs: ['JKK', 'JKM'], ceiling_people: 50, ceiling_amount: 20_000_000, terms: { area: '15.71' }
  });
  const pact = `${at}/${made.agreement_id}`;
  await head.ask('POST', pact + '/approval', {}, { 'If-Match': await head.tag(pact) });
  return pact;
}

async function pays(code: string): Promise<void> {
  const answer = await fetch(bank() + '/sim/pay', { method: 'POST', body: JSON.stringify({ code }) });
  expect(await answer.json()).toMatchObject({ takings: [{ state: 'booked' }] });
}

/** A company pays for somebody already. */
async function companyPays(who: Someone): Promise<string> {
  const name = 'PT Sawit Uji ' + randomInt(1e6);
  const pact = await sponsor(name, 'csr');
  const csv = [HEAD.join(';'), row(who).join(';'), ''].join('\n');
  const { roster_id } = await officer.ask<Roster>('POST', pact + '/rosters?name=plasma.csv', csv, { 'Content-Type': 'text/csv' });
  const judged = await becomes(roster_id, (r) => r.state === 'judged');
  await head.ask('POST', `/rosters/${roster_id}/approval`, { version: judged.version, people: judged.people, amount: judged.amount });
  await pays('88899' + (await becomes(roster_id, (r) => !!r.code)).code);
  await becomes(roster_id, (r) => r.state === 'started');
  return name;
}

/** A name's file, kept by a press. */
async function kept(page: Page, press: string): Promise<{ name: string; bytes: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.click(press)]);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

/** The texts of a PDF: its streams are packed, each text has two bytes a letter. */
function textOf(pdf: Buffer): string {
  let out = '';
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 7)) {
    if (pdf.subarray(at - 3, at).toString() === 'end') continue;
    try {
      out += inflateSync(pdf.subarray(at + 7, pdf.indexOf('\nendstream', at))).toString('latin1').replaceAll('\0', '');
    } catch {
      continue; // not packed
    }
  }
  return out;
}

describe('a regency that pays for its vulnerable workers', () => {
  it('sends a list, mends it, has it approved, pays at the bank, is confirmed by the fund, and hands it over', async () => {
    const [one, second, third, fourth, taken] = [invent('Nurhayati'), invent('Marsinah'), invent('Halimah'), invent('Jumiati'), invent('Rosmala')];
    const company = await companyPays(taken);
    const name = 'Kabupaten Serah ' + randomInt(1e6);
    const pact = await sponsor(name, 'apbd');
    const { page } = maker;
    await page.goto(pact);
    await page.setInputFiles('#list', xlsx('pekerja-rentan.xlsx', [HEAD, row(one), row(second, { nik: Number(second.nik.slice(0, -1)) * 10 }), row(third, { village: 'Lengok' }), row(fourth, { village: 'Tungkal Entah' }), row(taken), row(one)]));
    await page.click('button:has-text("Kirim dan periksa")');
    await page.waitForSelector('#findings');
    const roster = page.url();
    const id = roster.split('/').at(-1)!;
    expect(await page.textContent('#collisions ~ ul')).toContain(company);
    await usable(page, 'collision');

    // Mended on the page: the village is nearly right, so its suggestion is taken.
    await page.locator('tr:has(td.ln:text-is("4"))').first().locator('button:has-text("Pakai")').click();
    await page.waitForSelector('.sum .fig:text-is("2")');
    // The others are mended in the file, which is sent again.
    await page.click('button:has-text("Unggah yang dibetulkan")');
    await page.setInputFiles('#mended', xlsx('pekerja-rentan-2.xlsx', [HEAD, row(one), row(second), row(third), row(fourth), row(taken)]));
    await page.click('dialog button.main');
    await page.waitForSelector('.sum .fig:text-is("4")');
    expect(await page.locator('.second button').count()).toBe(0);

    await checker.page.goto(roster);
    await checker.page.click('button:has-text("Periksa dan setujui")');
    await checker.page.click('dialog button.main');
    await checker.page.waitForSelector('#bill');
    const bill = await becomes(id, (r) => !!r.code);

    // One payment at the bank, and the fund's core confirms each person.
    const payer = (await person(PHONE)).page;
    await payer.goto('/bayar/' + bill.code);
    await payer.click('button:has-text("Buat nomor virtual account")');
    await pays((await payer.textContent('.ways .num >> nth=0'))!.replace(/\D/g, ''));
    expect(await becomes(id, (r) => r.state === 'started')).toMatchObject({ people: 4, covered: 4 });
    await expect.poll(async () => (await head.ask<{ items: { standing: string }[] }>('GET', `/rosters/${id}/people`)).items.map((p) => p.standing), { timeout: 60_000 }).toEqual(Array(4).fill('protected'));
    await page.goto(roster);
    await page.waitForSelector(`tr:has-text("${one.name}"):has-text("Terlindungi")`);
    await usable(page, 'confirmed');

    await dies(pact, id, fourth);
    const agreement = pact.split('/').at(-1)!;
    const at = pact.split('/agreements')[0]!;
    await page.goto(`${at}/report?agreement=${agreement}`);
    await page.waitForSelector('#now .fig:text-is("4")');
    expect(await page.textContent('section[aria-labelledby=lapsing]')).toContain(one.name);
    expect(await page.textContent('section[aria-labelledby=lapsing]')).not.toContain(fourth.name);
    await usable(page, 'report');
    expect(textOf((await kept(page, 'button:has-text("Unduh PDF")')).bytes)).toContain(name);
    await proof(page, pact, one);
    await ceremony(page, name, one, third);
    expect([...maker.complaints, ...checker.complaints]).toEqual([]);
  });
});

/** Somebody dies: the months that are left go back, and the fund's core hears with which month the cover ends. */
async function dies(pact: string, roster: string, who: Someone) {
  const { items } = await head.ask<{ items: { worker_id: string; name: string }[] }>('GET', `/rosters/${roster}/people`);
  const { worker_id } = items.find((p) => p.name === who.name)!;
  const today = new Date(officer.today + 'T00:00:00Z');
  const from = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1)).toISOString().slice(0, 7);
  const made = await officer.ask<{ items: { departure_id: string }[] }>('POST', pact + '/departures', { worker_id, why: 'died', from });
  await head.ask('POST', `${pact}/departures/${made.items[0]!.departure_id}/approval`, {});
  const told = async () => (await head.ask<{ items: { kind: string }[] }>('GET', `/workers/${worker_id}/history`)).items.map((h) => h.kind);
  await expect.poll(told, { timeout: 60_000 }).toContain('core.ended');
}

/** A printed proof is checked by whoever scans it. */
async function proof(page: Page, pact: string, who: Someone) {
  await page.goto(pact);
  const { bytes } = await kept(page, 'button:has-text("Cetak bukti perlindungan")');
  const text = textOf(bytes);
  const from = text.indexOf(who.name.split(' ')[0]!); // names are short on it
  expect(from).toBeGreaterThan(-1);
  const code = text.slice(from).match(/[2-9A-HJ-NP-Z]{4}[- ][2-9A-HJ-NP-Z]{4}[- ][2-9A-HJ-NP-Z]{5}/)![0].replace(/[- ]/g, '');
  const phone = await person(PHONE);
  await phone.page.goto('/kartu#' + code);
  await expect.poll(() => phone.page.inputValue('#code')).toContain(code.slice(0, 4));
  await phone.page.fill('#birth', String(who.day));
  await phone.page.selectOption('#birth-m', String(who.month));
  await phone.page.fill('#birth-y', String(who.year));
  await usable(phone.page, 'kartu');
  await phone.page.click('button.main');
  await phone.page.waitForSelector('.answer.yes');
  await usable(phone.page, 'kartu-yes');
  expect(new URL(phone.page.url()).hash).toBe('');
  expect(phone.complaints).toEqual([]);
}

/** A ceremony hands over the agreement; who wants it is named. */
async function ceremony(page: Page, name: string, named: Someone, unnamed: Someone) {
  const { items } = await head.ask<{ items: { place_id: string }[] }>('GET', '/places?q=angso');
  const now = Date.now();
  const { campaign_id } = await officer.ask<{ campaign_id: string }>('POST', '/campaigns', {
    kind: 'handover', name: 'Serah terima ' + randomInt(1e6), office_id: officer.office.office_id, place_id: items[0]!.place_id, opens_at: rfc(now - 60_000), closes_at: rfc(now + 3_600_000), plan: {}
  });
  await officer.ask('POST', `/campaigns/${campaign_id}/guests`, { guests: [{ kind: 'official', name: 'Camat', heads: 2 }, { kind: 'union', name: 'Serikat Uji', heads: 3 }] });
  await page.goto('/campaigns/' + campaign_id);
  await page.click('button:has-text("Pilih yang diserahkan")');
  await page.fill('#handover-sponsor', name);
  await page.click(`[role=option]:has-text("${name}")`);
  await page.waitForSelector('#handover-person');
  for (const p of [named, unnamed]) {
    await page.fill('#handover-person', p.name);
    await page.click(`[role=option]:has-text("${p.name}")`);
  }
  await page.check('dialog .check input >> nth=0');
  await usable(page, 'choose');
  await page.click('dialog button.main');
  await page.waitForSelector(`li:has-text("${unnamed.name}"):has-text("Nama tidak dicetak")`);
  await page.waitForSelector('.both .fig:text-is("4")');
  await page.locator('li:has-text("Serikat Uji") button.came').click();
  await page.waitForSelector('li:has-text("Serikat Uji") button[aria-pressed=true]');
  await usable(page, 'ceremony');
  const { name: file, bytes } = await kept(page, 'a:has-text("Lembar serah terima")');
  expect(file).toBe('serah-terima.pdf');
  const text = textOf(bytes);
  expect(text).toContain(named.name);
  expect(text).not.toContain(unnamed.name);
  expect(text).toContain('Serikat pekerja');
}
