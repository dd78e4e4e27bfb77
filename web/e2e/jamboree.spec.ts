import { randomInt } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { caller, market, rfc, type Caller } from './act';
import { serious, small, wider } from './axe';
import { DESK, enter, enterField, house, login, PHONE, picture, useBrowser } from './browser';

const person = useBrowser();
const GATES = ['Pintu Barat', 'Pintu Timur'];
let head: Caller;
let id: string;
let codes: string[];
let stand: string;
let entry: string;

/** Somebody signs up by himself, as the QR on the screen leads him, and has a ticket. */
async function signUp(entry: string, name: string, kind: string, needs: string[] = []): Promise<string> {
  const answer = await fetch(`${house()}/api/v1/public/halls/${entry}`, {
    method: 'POST', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `"${crypto.randomUUID()}"` }, body: JSON.stringify({ kind, name, needs, consent: true })
  });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { code: string }).code;
}

beforeAll(async () => {
  head = await caller(login('branch_head'));
  const { place } = await market(head);
  const agents = await Promise.all([0, 1].map((n) => caller(login('agent', n))));
  const made = await head.ask<{ campaign_id: string }>('POST', '/campaigns', {
    kind: 'jamboree', name: 'Jambore Uji ' + randomInt(1e6), office_id: head.office.office_id, place_id: place, opens_at: rfc(Date.now() - 60_000), closes_at: rfc(Date.now() + 3_600_000)
  });
  id = made.campaign_id;
  await head.ask('POST', `/campaigns/${id}/teams`, { teams: [{ name: 'Gerbang', members: agents.map((a) => a.account.account_id) }] }, { 'If-Match': await head.tag(`/campaigns/${id}`) });
  const { entry_path } = await head.ask<{ entry_path: string }>('POST', `/campaigns/${id}/hall`, {
    version: 0, gates: GATES, topics: ['Pinjaman KUR'], stamps: 1, sign_up: true, slides: [{ title: 'Kecelakaan kerja ditanggung', text: 'Tanpa batas biaya.' }]
  });
  entry = entry_path.split('/').at(-1)!;
  codes = [await signUp(entry, 'Siti Aminah', 'umkm', ['wheelchair']), await signUp(entry, 'Anton Wijaya', 'bank')];
  const { items } = await head.ask<{ items: { page: string }[] }>('POST', `/campaigns/${id}/stands`, {
    number: '4', name: 'Sandal SMP Negeri 4', kind: 'school', owner: 'SMP Negeri 4', contact_name: 'Bu Rina', team: 9, public: true, products: [{ name: 'Sandal batik', price: 35_000 }]
  });
  stand = items[0]!.page;
  await head.ask('POST', `/campaigns/${id}/queue`, { act: 'take', topic: 'Pinjaman KUR', ticket: codes[1] });
  await head.ask('POST', `/campaigns/${id}/queue`, { act: 'called', desk: 'Meja 1' });
  await head.ask('POST', `/campaigns/${id}/announcements`, { text: 'Makan siang di tenda timur', minutes: 30 });
});

async function usable(page: Page, what: string, phone = false) {
  expect(await serious(page), what).toEqual([]);
  expect(await wider(page), `${what} is too wide`).toBe(0);
  if (phone) expect(await small(page), what).toEqual([]);
  await picture(page, `hall-${what}`);
}

/** A phone that has the day's tickets stands at a gate. */
async function atGate(n: number) {
  const one = await person(PHONE);
  await enterField(one.page, n);
  await one.page.goto('/field/gate');
  await one.page.click(`section:has(#e-${id}) button:has-text("${GATES[n]}")`);
  await one.page.waitForSelector('.answer.idle');
  return one;
}
async function show(page: Page, code: string, says: string) {
  await page.fill('#code', code);
  await page.click('form button');
  await page.waitForSelector(`.answer .verdict:text-is("${says}")`);
}

describe('a hall', () => {
  it('lets a ticket in at two gates without a network, and the office sees one person and both gates', async () => {
    const [west, east] = await Promise.all([atGate(0), atGate(1)]);
    await usable(west.page, 'gate-360', true);
    await Promise.all([west.context.setOffline(true), east.context.setOffline(true)]);
    await show(west.page, codes[0]!, 'Boleh masuk');
    expect(await west.page.textContent('.answer')).toContain('kursi roda');
    await usable(west.page, 'gate-in-360', true);
    await show(east.page, `${house()}/tiket/${codes[0]!.replaceAll('-', '')}`, 'Boleh masuk');
    await show(west.page, codes[0]!.toLowerCase(), 'Sudah dipakai');
    await usable(west.page, 'gate-used-360', true);
    await show(west.page, 'AAAA-BBBB-CCCCC', 'Tiket tidak dikenal');
    // The phone opens from cold and still knows what it let in.
    await west.page.reload();
    await west.page.waitForSelector('.answer.idle');
    await show(west.page, codes[0]!, 'Sudah dipakai');
    await Promise.all([west.context.setOffline(false), east.context.setOffline(false)]);
    await Promise.all([west, east].map(({ page }) => page.evaluate(() => window.dispatchEvent(new Event('online')))));
    await expect.poll(() => head.ask<{ twice: unknown[] }>('GET', `/campaigns/${id}/hall`).then((h) => h.twice.length), { timeout: 60_000 }).toBe(1);

    const { page, complaints } = await person(DESK);
    await enter(page, login('branch_head'));
    await page.goto(`/campaigns/${id}/hall`);
    await page.waitForSelector('.top .in');
    expect(await page.textContent('.top .in')).toBe('1');
    const twice = await page.textContent('section:has(#twice) li');
    expect(twice).toContain('Siti Aminah');
    for (const gate of GATES) expect(twice).toContain(gate);
    await usable(page, 'office-gate-1440');
    for (const [tab, seen] of [['people', 'text=Anton Wijaya'], ['stands', 'text=9 siswa, tanpa nama'], ['queue', 'text=Meja 1'], ['exchange', '#new-offer'], ['screen', 'text=Makan siang']] as const) {
      await page.click(`nav.tabs a[href="?t=${tab}"]`);
      await page.waitForSelector(seen);
      await usable(page, `office-${tab}-1440`);
    }
    expect([...complaints, ...west.complaints, ...east.complaints]).toEqual([]);
  });

  it('shows tickets and stands to who has their code, and a loop to the whole hall', async () => {
    const { page } = await person(PHONE);
    await page.goto(`/tiket/${codes[1]}`);
    await page.waitForSelector('.qr svg');
    expect(await page.textContent('main')).toContain('Anton Wijaya');
    expect(await page.textContent('main')).toContain('Dipanggil sekarang, Meja 1');
    await usable(page, 'ticket-360', true);
    await page.goto(`/ikut/${entry}`);
    await page.click('form button.main');
    await page.waitForSelector('#in-name-notes');
    await usable(page, 'entry-360', true);
    await page.click('label:has(input[name=in-kind][value=guest])');
    await page.fill('#in-name', 'Dewi Lestari');
    await page.check('#in-consent');
    await page.click('form button.main');
    await page.waitForURL('**/tiket/**');
    await page.waitForSelector('h1:has-text("Dewi Lestari")');
    await page.goto(stand);
    await page.waitForSelector('text=Sandal batik');
    expect(await page.textContent('main')).not.toContain('Bu Rina');
    await usable(page, 'stand-360', true);
    await page.goto('/tiket/AAAA-BBBB-CCCCC');
    await page.waitForSelector('h1:has-text("Kode tidak dikenal")');

    const { path } = await head.ask<{ path: string }>('POST', `/campaigns/${id}/kiosks`, { name: 'Layar panggung' });
    const screen = await person({ width: 1920, height: 1080 });
    await screen.page.goto(path);
    await screen.page.waitForSelector('text=Makan siang di tenda timur');
    expect(await screen.page.textContent('aside')).toContain('Meja 1');
    await screen.page.waitForSelector('.show');
    await usable(screen.page, 'loop-1920');
  });
});
