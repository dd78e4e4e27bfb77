import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { caller } from './act';
import { serious, small, wider } from './axe';
import { DESK, invent, login, PHONE, picture, reads, signIn, useBrowser } from './browser';

const person = useBrowser();
/** A walk through many screens, on a machine that has other work too. */
const LONG = 180_000;

async function usable(page: Page, what: string) {
  expect(await serious(page), what).toEqual([]);
  expect(await wider(page), `${what} is too wide`).toBe(0);
  if ((page.viewportSize()?.width ?? 0) < 900) expect(await small(page), what).toEqual([]);
  await picture(page, `${what}-${page.viewportSize()!.width}`);
}
const next = (page: Page) => page.click('.bar button.main');

describe('becoming an agent', () => {
  it('is five questions on a phone, says what is missing, and ends with a number that the office finds', async () => {
    const { page, complaints } = await person(PHONE);
    const name = invent('Peminat').name;
    await page.goto('/daftar-kader');
    await page.waitForSelector('#name');
    await usable(page, 'apply-1');
    await next(page);
    await page.waitForSelector('#name-notes .line');
    await page.fill('#name', name);
    await page.fill('#phone', '12');
    await next(page);
    await page.waitForSelector('#phone-notes .line');
    await page.fill('#phone', '0812 7777 8888');
    await next(page);
    await page.waitForSelector('#office_id');
    await next(page);
    await page.waitForSelector('#office_id-notes .line');
    await page.selectOption('#office_id', { label: 'Cabang Jambi' });
    await page.fill('#village', 'Legok');
    await page.click('[role=option] >> nth=0');
    await usable(page, 'apply-2');
    await page.reload();
    await page.waitForSelector('#name');
    await reads(page, '#name', name);
    await next(page);
    await next(page);
    await page.waitForSelector('input[name=background]', { state: 'attached' });
    await next(page);
    await page.waitForSelector('#background-notes .line');
    await page.click('label:has(input[value=trader])');
    await usable(page, 'apply-3');
    await next(page);
    await page.fill('#prospects', '12');
    await page.fill('#prospects_where', 'Pasar Angso Duo');
    await usable(page, 'apply-4');
    await next(page);
    await page.waitForSelector('#notice');
    await next(page);
    await page.waitForSelector('#consent-notes .line');
    await page.click('label:has(#consent)');
    await usable(page, 'apply-5');
    await next(page);
    await page.waitForSelector('#done');
    const number = (await page.textContent('.no'))!.trim();
    expect(number).toMatch(/^KD-\d\d-[0-9A-Z]{4}-[0-9A-Z]{5}$/);
    await usable(page, 'apply-done');
    expect(complaints).toEqual([]);
    const office = await person(DESK);
    await signIn(office.page, login('officer'));
    await office.page.goto('/applications');
    await office.page.waitForSelector(`article:has-text("${name}"):has-text("${number}")`);
  }, LONG);

  it('keeps what was written when the network is gone, and sends it once', async () => {
    const { page, context } = await person(DESK);
    await page.goto('/daftar-kader');
    const name = invent('Tanpa Sinyal').name;
    await page.fill('#name', name);
    await page.fill('#phone', '081299990000');
    await next(page);
    await page.selectOption('#office_id', { index: 1 });
    await next(page);
    await page.click('label:has(input[value=union])');
    await next(page);
    await page.fill('#prospects', '0');
    await next(page);
    await page.click('label:has(#consent)');
    const keys: (string | null)[] = [];
    page.on('request', (r) => r.url().endsWith('/public/applications') && void r.headerValue('Idempotency-Key').then((k) => keys.push(k)));
    await context.setOffline(true);
    await next(page);
    await page.waitForSelector('form [role=alert]');
    await context.setOffline(false);
    await next(page);
    await page.waitForSelector('#done');
    expect(new Set(keys).size).toBe(1);
    await usable(page, 'apply-done');
  }, LONG);
});

interface Own { number: string; address: string; code_secret: string; name: string }
const codeOf = (secret: string, at: number) => {
  const minute = Buffer.alloc(8);
  minute.writeBigUInt64BE(BigInt(Math.floor(at / 60_000)));
  return String(createHmac('sha256', Buffer.from(secret, 'base64')).update(minute).digest().readUInt32BE(0) % 1_000_000).padStart(6, '0');
};
const MINUTE = 60_000;
/** Codes of these minutes from now; none of them is by chance also one of now. */
const codesOf = (secret: string, minutes: number[]) => minutes.map((m) => codeOf(secret, Date.now() + m * MINUTE));
const oldCode = (secret: string) => codesOf(secret, [-5, -4, -6]).find((c) => !codesOf(secret, [-1, 0, 1]).includes(c))!;
const wrongCode = (secret: string) => ['000000', '111111', '222222', '333333'].find((c) => !codesOf(secret, [...Array(16).keys()].map((n) => n - 13)).includes(c))!;
const pathOf = (address: string) => new URL(address).pathname + new URL(address).hash;

describe('is this agent genuine?', () => {
  it('says what he may do today, proves the badge on the phone, and tells codes of now, of before and wrong ones apart', async () => {
    const own = await (await caller(login('agent', 3))).ask<Own>('GET', '/me/certificate');
    const { page, complaints } = await person(PHONE);
    const asked: string[] = [];
    page.on('request', (r) => asked.push(r.url()));
    await page.goto(pathOf(own.address));
    await page.waitForSelector('h1:has-text("Kader resmi hari ini")');
    expect(await page.textContent('main')).toContain(own.name);
    await page.waitForSelector('.proof:has-text("Cocok")');
    await usable(page, 'badge');
    expect(asked.filter((url) => url.includes('JRC1'))).toEqual([]);
    const check = async (code: string) => {
      await page.fill('#code', code);
      await page.click('form button');
    };
    await check('12');
    await page.waitForSelector('#code-said:has-text("6 angka")');
    await check(codeOf(own.code_secret, Date.now()));
    await page.waitForSelector('#code-said:has-text("Kode cocok")');
    await usable(page, 'badge-code');
    await check(oldCode(own.code_secret));
    await page.waitForSelector('#code-said:has-text("Kode lama")');
    await check(wrongCode(own.code_secret));
    await page.waitForSelector('#code-said:has-text("tidak cocok")');
    await page.setViewportSize(DESK);
    await usable(page, 'badge');
    expect(complaints).toEqual([]);
  }, LONG);

  it('knows a forged QR, one that was pasted over, and a number that nobody has', async () => {
    const own = await (await caller(login('agent', 3))).ask<Own>('GET', '/me/certificate');
    const other = await (await caller(login('agent', 4))).ask<Own>('GET', '/me/certificate');
    const { page } = await person(PHONE);
    const path = pathOf(own.address);
    await page.goto(path.slice(0, -6) + 'AAAAAA');
    await page.waitForSelector('h1:has-text("tidak asli")');
    expect(await page.locator('#may').count()).toBe(0);
    await usable(page, 'badge-forged');
    await page.goto('/');
    await page.goto(`/a/${own.number}${new URL(other.address).hash}`);
    await page.waitForSelector('.proof:has-text("tanda pengenal lain")');
    await page.goto('/a/SK-26-AAAA-AAAAA');
    await page.waitForSelector('h1:has-text("Tidak ada sertifikat ini")');
    await usable(page, 'badge-unknown');
  }, LONG);

  it('stands on its signature without signal, and says at once when it was stopped', async () => {
    const agent = await caller(login('agent', 5));
    const own = await agent.ask<Own>('GET', '/me/certificate');
    const { page } = await person(PHONE);
    await page.goto(pathOf(own.address));
    await page.waitForSelector('h1:has-text("Kader resmi")');
    await page.route('**/api/v1/public/**', (route) => route.abort());
    await page.reload();
    await page.waitForSelector('.state:has-text("Tanpa sinyal")');
    expect(await page.textContent('main')).toContain(own.name);
    await usable(page, 'badge-offline');
    await page.unroute('**/api/v1/public/**');
    const head = await caller(login('branch_head'));
    await head.ask('POST', `/certificates/${own.number}/stop`, { state: 'suspended', reason: 'diuji halaman umum' });
    await page.reload();
    await page.waitForSelector('h1:has-text("dihentikan sementara")');
    expect(await page.textContent('main')).toContain('Tidak boleh mendaftarkan pekerja');
    await usable(page, 'badge-suspended');
    await page.route('**/api/v1/public/**', (route) => route.abort());
    await page.reload();
    await page.waitForSelector('h1:has-text("dihentikan sementara")');
    await page.unroute('**/api/v1/public/**');
    await head.ask('POST', `/certificates/${own.number}/stop`, { state: 'valid', reason: 'uji selesai' });
  }, LONG);
});
