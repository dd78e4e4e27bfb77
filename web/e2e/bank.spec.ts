import { beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { caller, payer, takeCash, type Caller } from './act';
import { serious, small, wider } from './axe';
import { bank, DESK, invent, login, PHONE, picture, signIn, useBrowser } from './browser';

const person = useBrowser('', 'block');
const AGENT = 7;
let head: Caller;
let agent: Caller;

beforeAll(async () => {
  [head, agent] = await Promise.all([caller(login('branch_head')), caller(login('agent', AGENT))]);
});

/** A phone and a desk can use the page as it is now. */
async function usable(page: Page, what: string) {
  for (const size of [PHONE, DESK]) {
    await page.setViewportSize(size);
    expect(await serious(page), what).toEqual([]);
    expect(await wider(page), `${what} is too wide`).toBe(0);
    if (size === PHONE) expect(await small(page), what).toEqual([]);
    await picture(page, `bank-${what}-${size.width}`);
  }
}

/** Somebody pays at the bank, which tells the house of it. */
async function pays(code: string, more: { amount?: number; mischief?: object } = {}): Promise<{ amount: number; state: string }[]> {
  const answer = await fetch(bank() + '/sim/pay', { method: 'POST', body: JSON.stringify({ code, ...more }) });
  if (!answer.ok) throw new Error(`the bank says ${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { takings: { amount: number; state: string }[] }).takings;
}
const rupiah = (n: number) => 'Rp' + String(n).replace(/\B(?=(\d{3})+$)/g, '.');

/** The bank's number of the QR that was made for a code. */
async function qrOf(code: string): Promise<string> {
  const shown = await (await fetch(bank() + '/')).text();
  return shown.match(new RegExp(code + '-\\d+'))![0];
}

/** Asks the bank for a QR, as a payer's page does. */
async function askQr(code: string): Promise<string> {
  const { banks } = await head.ask<{ banks: { name: string }[] }>('GET', `/public/pays/${code}`);
  await head.ask('POST', `/payment-codes/${code}/qr`, { bank: banks[0]!.name });
  return qrOf(code);
}

interface Roster { roster_id: string; state: string; version: number; people: number; amount: number; code?: string; covered: number }

/** A sponsor's list of two that a second person approved: its bill waits to be paid. */
async function sponsored(): Promise<Roster> {
  const officer = await caller(login('officer'));
  const { sponsor_id } = await officer.ask<{ sponsor_id: string }>('POST', '/sponsors', { name: 'Kabupaten Bank', contact_name: 'Ani' });
  const { agreement_id } = await officer.ask<{ agreement_id: string }>('POST', `/sponsors/${sponsor_id}/agreements`, {
    kind: 'apbd', number: 'PKS 12/2026', decree: 'SK 7/2026', first_month: '2026-12', months: 12, programs: ['JKK', 'JKM'], ceiling_amount: 10_000_000, ceiling_people: 50, terms: { area: '15.71' }
  });
  const pact = `/sponsors/${sponsor_id}/agreements/${agreement_id}`;
  await head.ask('POST', pact + '/approval', {}, { 'If-Match': await head.tag(pact) });
  const lines = ['Saminah', 'Juminten'].map((first) => {
    const p = invent(first);
    return [p.nik, p.name, `${p.day}-${p.month}-${p.year}`, 'P', 'Legok', 'Pedagang sayur', 1_500_000].join(';');
  });
  const csv = ['NIK;Nama;Tanggal Lahir;Jenis Kelamin;Desa;Pekerjaan;Penghasilan', ...lines, ''].join('\n');
  const { roster_id } = await officer.ask<Roster>('POST', pact + '/rosters?name=daftar.csv', csv, { 'Content-Type': 'text/csv' });
  const judged = await becomes(roster_id, (r) => r.state === 'judged');
  await head.ask('POST', `/rosters/${roster_id}/approval`, { version: judged.version, people: judged.people, amount: judged.amount });
  return becomes(roster_id, (r) => !!r.code);
}

/** A list as it is once that holds of it. */
async function becomes(roster: string, holds: (r: Roster) => boolean): Promise<Roster> {
  let now: Roster | undefined;
  await expect.poll(async () => holds((now = await head.ask<Roster>('GET', '/rosters/' + roster))), { timeout: 30_000 }).toBe(true);
  return now!;
}

describe('who pays by a bank', () => {
  it('gets a virtual account and a QR of the bank, pays, and reads that it is paid', async () => {
    const bill = await payer(head, invent('Rukmini'));
    const { page, complaints } = await person(PHONE);
    await page.goto('/bayar/' + bill.code);
    await page.click('button:has-text("Buat nomor virtual account")');
    const number = (await page.textContent('.ways .num >> nth=0'))!.replace(/\D/g, '');
    expect(number).toContain(bill.code);
    await page.click('button:has-text("Buat QR bayar")');
    await page.waitForFunction(() => (document.querySelector<HTMLImageElement>('.ways img')?.naturalWidth ?? 0) > 0);
    await usable(page, 'bayar-ways');
    expect(await pays(number)).toMatchObject([{ amount: bill.amount, state: 'booked' }]);
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.waitForSelector('h1:has-text("Sudah dibayar")');
    await usable(page, 'bayar-paid');
    expect((await head.ask<{ status: string }>('GET', '/workers/' + bill.worker)).status).toMatch(/paid|protected/);
    expect(complaints).toEqual([]);
  });
});

describe('a sponsor who pays by a bank', () => {
  it('sees whose list it is, gets a number of the bank, pays once, and all on the list are covered', async () => {
    const bill = await sponsored();
    const { page, complaints } = await person(DESK);
    await page.goto('/bayar/' + bill.code);
    await page.waitForSelector('h1:has-text("Kabupaten Bank")');
    expect(await page.textContent('.sum')).toBe(rupiah(bill.amount));
    await page.click('button:has-text("Buat nomor virtual account")');
    const number = (await page.textContent('.ways .num >> nth=0'))!.replace(/\D/g, '');
    await usable(page, 'bayar-roster');
    expect(await pays(number)).toMatchObject([{ amount: bill.amount, state: 'booked' }]);
    await page.reload();
    await page.waitForSelector('h1:has-text("Sudah dibayar")');
    expect(await becomes(bill.roster_id, (r) => r.state === 'started')).toMatchObject({ people: 2, covered: 2 });
    expect(complaints).toEqual([]);
  });
});

describe('money that pays nothing', () => {
  it('is found its owner on the screen and stands in his book; other money goes back with proof and reason', async () => {
    const [owner, twice] = [await payer(head, invent('Sulastri')), await payer(head, invent('Tukinem'))];
    const odd = owner.amount + 1_000 + Number(owner.code.slice(-3));
    await pays(await askQr(owner.code), { amount: odd });
    expect(await pays(await askQr(twice.code), { mischief: { again: true } })).toHaveLength(2);
    const { page, complaints } = await person(DESK);
    await signIn(page, login('branch_head'));
    await page.goto('/desk');
    const stray = page.locator(`tr:has-text("${rupiah(odd)}")`);
    await stray.waitFor();
    await usable(page, 'desk');
    await stray.locator('button:has-text("Cari pemiliknya")').click();
    const { name } = await head.ask<{ name: string }>('GET', '/workers/' + owner.worker);
    await page.fill('#assign-worker', name);
    await page.click(`[role=option]:has-text("${name}")`);
    await usable(page, 'assign');
    await page.click('dialog button.main');
    await stray.waitFor({ state: 'detached' });
    await page.goto(`/workers/${owner.worker}/money`);
    await page.waitForSelector('#ledger');
    await page.waitForSelector(`main :text("${rupiah(odd)}")`);
    await usable(page, 'owner');

    await page.goto('/desk');
    const again = page.locator('tr', { hasText: twice.code.replace(/(\d{4})(?=\d)/g, '$1 ') });
    await again.locator('button:has-text("Kembalikan")').click();
    await page.click('dialog button.warn');
    await page.waitForSelector('#refund-reference-notes .line');
    await page.fill('#refund-reference', 'RTN-' + twice.code.slice(-6));
    await page.fill('#refund-reason', 'QR dibayar dua kali, uang dikirim kembali');
    expect(await page.locator('dialog .line').count()).toBe(0);
    await usable(page, 'refund');
    await page.click('dialog button.warn');
    await again.waitFor({ state: 'detached' });
    const { items } = await head.ask<{ items: { code: string }[] }>('GET', '/suspense');
    expect(items.filter((s) => s.code === owner.code || s.code === twice.code)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe('an agent who deposits', () => {
  it('chooses receipts, sees their sum, and the code holds these alone', async () => {
    const people = [await payer(agent, invent('Warsih')), await payer(agent, invent('Yatinah')), await payer(agent, invent('Zubaidah'))];
    await takeCash(agent, people.map((p) => ({ worker: p.worker, amount: p.amount, months: 3, days: 0 })));
    const { page, complaints } = await person(PHONE);
    await signIn(page, login('agent', AGENT));
    await page.goto('/field/money');
    await page.click('.sec button:has-text("Setor")');
    await page.waitForSelector('dialog li');
    const all = await page.locator('dialog input:checked').count();
    expect(all).toBe(await page.locator('dialog li').count());
    expect(all).toBeGreaterThanOrEqual(3);
    const whole = Number((await page.textContent('dialog .sum b'))!.replace(/\D/g, ''));
    const out = Number((await page.textContent('dialog li >> nth=0 >> b >> nth=1'))!.replace(/\D/g, ''));
    await page.uncheck('dialog input >> nth=0');
    await page.waitForSelector(`dialog .sum:has-text("${all - 1} dari ${all} struk"):has-text("${rupiah(whole - out)}")`);
    await usable(page, 'deposit');
    await page.setViewportSize(PHONE);
    await page.click('dialog button.main');
    await page.waitForSelector('.dep .code');
    const code = (await page.textContent('.dep .code'))!.replace(/\D/g, '');
    const { deposits, receipts } = await agent.ask<{ deposits: { code: string; amount: number; receipts: number }[]; receipts: { state: string }[] }>('GET', '/me/cash');
    expect(deposits.find((d) => d.code === code)).toMatchObject({ amount: whole - out, receipts: all - 1 });
    expect(receipts.filter((r) => r.state === 'open')).toHaveLength(1);
    await picture(page, 'bank-deposit-code-360');
    // The code is paid at the bank like any other, and every receipt in it is settled.
    expect(await pays('88899' + code)).toMatchObject([{ amount: whole - out, state: 'booked' }]);
    await page.reload();
    await page.locator('.dep .code').waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });
});
