import { beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { serious, small, wider } from './axe';
import { enterField, invent, login, next, PHONE, picture, signIn, useBrowser, type Invented } from './browser';
import { caller, type Caller } from './market';

const person = useBrowser();
const AGENT = 3;
let head: Caller;
let agent: Caller;

interface MyCash { open: number; receipts: { receipt_id: string; state: string; amount: number }[]; deposits: { deposit_id: string; code: string; amount: number; state: string }[] }
const cashOf = async () => (await agent.call<MyCash>('GET', '/me/cash')).data;

beforeAll(async () => {
  [head, agent] = await Promise.all([caller(login('branch_head')), caller(login('agent', AGENT))]);
});

async function usable(page: Page, what: string) {
  expect(await serious(page), what).toEqual([]);
  expect(await wider(page), `${what} is too wide`).toBe(0);
  expect(await small(page), what).toEqual([]);
  await picture(page, `titipan-${what}-360`);
}
const online = (page: Page) => page.evaluate(() => window.dispatchEvent(new Event('online')));

/** Enters, enrols the phone, and waits until the screens and the limit lie on it. */
async function ready(page: Page, n: number) {
  await enterField(page, n);
  await page.goto('/field/money');
  await page.waitForSelector('.lim');
}

async function register(page: Page, who: Invented) {
  await page.goto('/field/register');
  await page.waitForSelector('#nik');
  await page.click('#nik');
  await page.keyboard.type(who.nik);
  await page.fill('#name', who.name);
  await page.click('.offer');
  await next(page);
  await page.waitForSelector('#phone');
  await next(page);
  await page.fill('#occupation', 'pedagang sayur');
  await page.click('[role=option] >> nth=0');
  await page.click('label:has(input[value=lowest])');
  await next(page);
  await page.waitForSelector('.price .fig');
  await next(page);
  await page.click('label:has(input[value=tap])');
  await page.check('#consent');
  await next(page);
  await page.waitForSelector('.ok.kept');
}

async function check(page: Page, code: string, who: Pick<Invented, 'day' | 'month' | 'year'>) {
  await page.goto('about:blank');
  await page.goto('/cek#' + code.replaceAll('-', ''));
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#code')?.value.length === 15);
  await page.fill('#birth', String(who.day));
  await page.selectOption('#birth-m', String(who.month));
  await page.fill('#birth-y', String(who.year));
  await page.click('form button.main');
}

describe('cash in an agent’s hands', () => {
  it('is receipted without signal, seen by the worker at once, and covers when it is deposited', async () => {
    const { page, context, complaints } = await person(PHONE);
    await ready(page, AGENT);
    const before = (await cashOf()).open;
    await context.setOffline(true);
    const who = invent('Sarmini');
    await register(page, who);
    await page.click('text=Terima uangnya sekarang');
    await page.waitForSelector('.price .sum');
    await usable(page, 'take');
    const act = (await page.textContent('.bar .btn'))!;
    expect(act).toMatch(/Terima tunai Rp\d/);
    await page.click('.bar .btn');
    await page.waitForSelector('.qr svg');
    const code = (await page.textContent('.big'))!.trim();
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{5}$/);
    expect(await page.textContent('.ok')).toContain('BELUM terlindungi sampai uang sampai ke kantor');
    await usable(page, 'receipt');
    const address = page.url().split('?')[0]!;
    await page.close();

    // The tab is gone; the receipt is not.
    const cold = await context.newPage();
    await cold.goto(address);
    await cold.waitForSelector('.big');
    expect((await cold.textContent('.big'))!.trim()).toBe(code);
    await cold.goto('/field/money');
    await cold.waitForSelector('li:has-text("Belum terkirim")');
    await usable(cold, 'money-offline');

    await context.setOffline(false);
    await online(cold);
    await expect.poll(async () => (await cashOf()).open, { timeout: 20_000 }).toBeGreaterThan(before);
    const mine = (await cashOf()).receipts.find((r) => r.receipt_id === address.split('/').at(-1))!;
    expect(mine).toMatchObject({ state: 'open' });
    expect(act.replace(/\D/g, '')).toBe(String(mine.amount));
    const { data: cases } = await head.call<{ items: { receipt_id?: string; kind: string }[] }>('GET', '/cases');
    expect(cases.items.filter((k) => k.receipt_id === mine.receipt_id)).toEqual([]);

    const worker = await person(PHONE);
    await check(worker.page, code, { ...who, year: who.year + 1 });
    await worker.page.waitForSelector('text=Tidak ada struk dengan kode dan tanggal lahir ini.');
    await usable(worker.page, 'cek-unknown');
    await check(worker.page, code, who);
    await worker.page.waitForSelector('h1:has-text("Diterima, belum terlindungi.")');
    expect(await worker.page.textContent('main')).not.toContain(who.name.split(' ')[0]);
    expect(worker.page.url()).not.toContain('#');
    await usable(worker.page, 'cek-received');

    const many = (await cashOf()).receipts.filter((r) => r.state === 'open').length > 1;
    await cold.click('.sec button:has-text("Setor")');
    if (many) await cold.click('dialog button.main');
    await cold.waitForSelector('.dep .code');
    await usable(cold, 'money-deposit');
    const deposit = (await cashOf()).deposits.find((d) => d.state === 'waiting')!;
    expect((await cold.textContent('.dep .code'))!.replace(/\s/g, '')).toBe(deposit.code);
    const office = await caller(login('officer'));
    await office.call('POST', `/cash/deposits/${deposit.deposit_id}/settlement`, { amount: deposit.amount, channel: 'counter', reference: 'UJI-' + mine.receipt_id.slice(-8), paid_on: await today(office) });

    await check(worker.page, code, who);
    await worker.page.waitForSelector('h1:has-text("Terlindungi sampai")');
    await usable(worker.page, 'cek-covered');
    await cold.goto(address);
    await cold.waitForSelector('.state:has-text("Uang sudah sampai ke kantor")');
    expect([...complaints, ...worker.complaints]).toEqual([]);
  });

  it('is switched off on the phone without signal, too; registering is not', async () => {
    const { page, context } = await person(PHONE);
    await head.call('POST', `/cash/${agent.account}/block`, { reason: 'Pemeriksaan kas' });
    try {
      await ready(page, AGENT);
      await context.setOffline(true);
      await page.goto('/field/money/take');
      await page.waitForSelector('text=Uang tunai sedang tidak bisa diterima.');
      expect(await page.locator('#who').count()).toBe(0);
      await usable(page, 'stopped');
      await page.goto('/field/register');
      await page.waitForSelector('#nik');
    } finally {
      await head.call('POST', `/cash/${agent.account}/unblock`, { reason: 'Selesai diperiksa' });
    }
  });
});

describe('cover that ends soon', () => {
  it('is reminded of, or paid for by somebody else through a link', async () => {
    const { page } = await person(PHONE);
    await signIn(page, login('agent', AGENT));
    await page.goto('/field/lapses');
    await page.waitForSelector('li .p');
    await usable(page, 'lapses');
    await page.click('li .p >> nth=0');
    await page.waitForSelector('dialog .find.warn');
    await usable(page, 'lapse');
    await page.click('dialog button:has-text("Bantu bayar")');
    await page.fill('#payer', 'Ratna Sari Dewi');
    await page.click('dialog button.main');
    const address = new URL((await page.textContent('.link-box'))!.trim());
    const relative = await person(PHONE);
    await relative.page.goto(address.pathname);
    await relative.page.waitForSelector('.pay .sum');
    expect(await relative.page.textContent('main')).toContain('Ratna S.');
    await usable(relative.page, 'bantu');
    await relative.page.click('a.btn.main');
    await relative.page.waitForURL('**/bayar/*');
    await relative.page.waitForSelector('.ways');
    await usable(relative.page, 'bayar');
    expect(relative.complaints).toEqual([]);
  });
});

const today = async (who: Caller) => (await who.call<{ today: string }>('GET', '/session')).data.today;
