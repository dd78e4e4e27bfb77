import { randomInt } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { caller, takeCash, type Caller } from './act';
import { serious, small, wider } from './axe';
import { DESK, login, PHONE, picture, signIn, useBrowser, type Person } from './browser';

const person = useBrowser();
const DAY = 86_400_000;
let head: Caller;
let officer: Caller;
let agent: Caller;
/** One desk for the whole file: the head of the branch, who may do all of it. */
let desk: Person;

interface Row { worker_id: string; name: string; months: number; amount?: number; until: string }
const lapses = async () => (await officer.ask<{ items: Row[] }>('GET', '/lapses?state=grace')).items;
const workers = async (status: string) => (await officer.ask<{ items: { worker_id: string; name: string }[] }>('GET', `/workers?status=${status}`)).items;
const status = async (worker: string) => (await officer.ask<{ status: string }>('GET', `/workers/${worker}`)).status;

beforeAll(async () => {
  [head, officer, agent, desk] = await Promise.all([caller(login('branch_head')), caller(login('officer')), caller(login('agent', 9)), person(DESK)]);
  await signIn(desk.page, login('branch_head'));
});

/** A day of the branch that nobody has closed, the present one first. */
async function openDay(): Promise<string> {
  for (let n = 0; ; n++) {
    const day = new Date(Date.parse(head.today + 'T00:00:00Z') - n * DAY).toISOString().slice(0, 10);
    if (!(await head.ask<{ closed?: object }>('GET', `/days/${day}/close`)).closed) return day;
  }
}

/** A desk and a phone can use the page as it is now; where both are drawn alike the phone alone is judged. */
async function usable(page: Page, what: string, alike = false) {
  if (!alike) expect(await serious(page), what).toEqual([]);
  expect(await wider(page), `${what} is too wide`).toBe(0);
  await picture(page, `money-${what}-1440`);
  await page.setViewportSize(PHONE);
  expect(await serious(page), `${what} on a phone`).toEqual([]);
  expect(await wider(page), `${what} on a phone`).toBe(0);
  expect(await small(page), what).toEqual([]);
  await picture(page, `money-${what}-360`);
  await page.setViewportSize(DESK);
}

/** Whether the one stands above the other on the page. */
const above = (page: Page, first: string, second: string) =>
  page.evaluate(([a, b]) => !!(document.querySelector(a!)!.compareDocumentPosition(document.querySelector(b!)!) & Node.DOCUMENT_POSITION_FOLLOWING), [first, second]);

describe('who has lapsed', () => {
  it('stands on the list with the last day, is told what a payment does before it, pays, and is paid', async () => {
    const who = (await lapses())[0]!;
    const page = desk.page;
    await page.goto('/lapses?state=grace');
    const row = page.locator(`tr:has(a[href="/workers/${who.worker_id}/money"])`);
    await row.waitFor();
    expect(await page.textContent('section header p')).toContain('Anda dihitung peserta baru dan masa tunggu mulai lagi');
    await usable(page, 'lapses');
    await row.locator('button:has-text("Ingatkan")').click();
    await page.waitForSelector('dialog[open] .find');
    expect(await serious(page)).toEqual([]);
    await page.keyboard.press('Escape');

    await row.locator('a:has-text("Terima uang")').click();
    await page.waitForSelector('h2:has-text("' + who.name + '")');
    await page.waitForSelector('.find.warn');
    expect(await page.textContent('.find.warn')).toContain('tidak terlindungi; belum pasti');
    await page.click('form button.main');
    await page.waitForSelector('#take-reference');
    await page.waitForSelector('#take .find.warn');
    expect(await above(page, '#take .find.warn', '#take .go')).toBe(true);
    await usable(page, 'cashier');
    await page.click('#take .go');
    await page.waitForSelector('#take-reference-notes .line');
    await page.fill('#take-reference', 'KW-' + who.worker_id.slice(-6));
    await page.click('#take .go');
    await page.waitForSelector('.done:has-text("diterima")');
    expect(await status(who.worker_id)).toMatch(/paid|protected/);
    expect(await serious(page)).toEqual([]);
    await picture(page, 'money-cashier-done-1440');
    await page.click('.done a');
    await page.waitForSelector('#ledger');
    expect(await page.textContent('main')).not.toContain('Terputus sejak');
    await usable(page, 'worker');
    expect((await lapses()).map((l) => l.worker_id)).not.toContain(who.worker_id);
    expect(desk.complaints).toEqual([]);
  });

  it('and ended pays nothing: the waiting that begins again is said instead', async () => {
    const [who] = await workers('ended');
    const page = desk.page;
    await page.goto(`/cashier?worker=${who!.worker_id}`);
    await page.waitForSelector('.find.bad:has-text("masa tunggu mulai lagi")');
    expect(await page.locator('#take, form button.main').count()).toBe(0);
    await page.goto(`/workers/${who!.worker_id}/money`);
    await page.waitForSelector('a:has-text("Daftarkan lagi")');
    await page.goto('/cohorts');
    await page.waitForSelector('.grid td');
    await usable(page, 'cohorts', true);
  });
});

describe('cash in hand', () => {
  it('is seen by the branch with its age, brought by a code, and then covers', async () => {
    const [one, two] = (await agent.ask<{ items: { worker_id: string }[] }>('GET', '/workers?status=waiting')).items;
    await takeCash(agent, [{ worker: one!.worker_id, amount: 16_800, months: 1, days: 3 }, { worker: two!.worker_id, amount: 16_800, months: 1, days: 0 }]);
    const deposit = await agent.ask<{ code: string }>('POST', '/me/cash/deposits', {});
    const page = desk.page;
    await page.goto('/cash');
    const row = page.locator(`tr:has(a[href="/cash/${agent.account.account_id}"])`);
    await row.locator('text=hari ke-3').waitFor();
    await usable(page, 'cash');
    await row.locator('a').click();
    await page.waitForSelector(`#deposits ~ ul >> text=${deposit.code.replace(/(\d{4})(?=\d)/g, '$1 ')}`);
    await usable(page, 'agent');
    await page.goto('/cashier');
    await page.fill('#payer', deposit.code);
    await page.waitForSelector('.bill:has-text("Setoran")');
    expect(await serious(page)).toEqual([]);
    await page.click('.bill button.main');
    await page.fill('#dep-reference', 'STR-' + deposit.code.slice(-5));
    await page.click('dialog button.main');
    await page.click('aside li a');
    await page.waitForSelector('text=Tidak ada uang di tangan');
    await expect.poll(() => status(one!.worker_id), { timeout: 20_000 }).toMatch(/paid|protected/);
    await page.goto('/cases');
    await page.waitForSelector('article, .blank');
    await usable(page, 'cases', true);
    const open = await page.locator('article').count();
    if (open) {
      const no = (await page.textContent('article .facts dd'))!.trim();
      await page.click('article button:has-text("Putuskan")');
      await page.click('dialog label:has-text("Sudah dibereskan")');
      await page.fill('#why-reason', 'selisih dibicarakan dengan kader');
      await page.click('dialog button[form=why]');
      await page.locator(`article:has-text("${no}")`).waitFor({ state: 'detached' });
    }
    expect(desk.complaints).toEqual([]);
  });
});

describe('the desk', () => {
  it('holds a bank’s paper against the book, and signs a day', async () => {
    const page = desk.page;
    await page.goto('/desk');
    await page.waitForSelector('#papers');
    await usable(page, 'desk');
    await page.click('button:has-text("Unggah rekening koran")');
    await page.click('dialog button.main');
    await page.waitForSelector('#st-csv-notes .line');
    const reference = 'ASING-' + randomInt(1e9);
    await page.setInputFiles('#st-csv', { name: 'koran.csv', mimeType: 'text/csv', buffer: Buffer.from(`tanggal;bukti;jumlah;keterangan\n${head.today};${reference};16800;setor tunai\n`) });
    await page.click('dialog button.main');
    await page.waitForURL('**/desk/*-*');
    await page.waitForSelector(`li:has-text("${reference}")`);
    await usable(page, 'statement', true);

    await page.goto(`/day?day=${await openDay()}`);
    await page.waitForSelector('#channels');
    await usable(page, 'day');
    await page.click('button:has-text("Tutup hari ini")');
    await page.click('button:has-text("Ya, tutup")');
    await page.waitForSelector('#stamp');
    await page.waitForSelector('text=Tidak ada yang dicatat sesudahnya.');
    expect(desk.complaints).toEqual([]);
  });

  it('lets a group pay for its members by one code', async () => {
    const members = (await workers('protected')).slice(0, 3);
    const page = desk.page;
    await page.goto('/groups');
    await page.click('button:has-text("Tambah kelompok")');
    await page.fill('#group-name', 'Pangkalan uji ' + randomInt(1e6));
    await page.fill('#group-contact_name', 'Suparman');
    await page.click('dialog button.main');
    await page.waitForSelector('#join');
    for (const m of members) {
      await page.fill('#join', m.name);
      await page.click(`[role=option]:has-text("${m.name}")`);
      await page.waitForSelector(`td a[href="/workers/${m.worker_id}/money"]`);
    }
    await page.click('button:has-text("Buat satu kode untuk semua")');
    await page.waitForSelector('article .code');
    await usable(page, 'group');
    await page.click('button:has-text("Terima uangnya")');
    await page.fill('#dep-reference', 'KLP-' + randomInt(1e9));
    await page.click('dialog button.main');
    await page.waitForSelector('article:has-text("Dibayar")');
    await page.goto('/groups');
    await page.waitForSelector('td a');
    await usable(page, 'groups');
    expect(desk.complaints).toEqual([]);
  });
});
