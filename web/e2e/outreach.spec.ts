import { beforeAll, describe, expect, it } from 'vitest';
import { caller, rfc, type Caller } from './act';
import { serious, small, wider } from './axe';
import { DESK, enterField, house, invent, login, PHONE, picture, signIn, useBrowser, type Person } from './browser';

const person = useBrowser();
let head: Caller;
let agent: Caller;
let desk: Person;
let phone: Person;
const run = Math.floor(Date.now() / 1000) % 100_000;
const name = `Dialog Uji ${run}`;

beforeAll(async () => {
  [head, agent, desk, phone] = await Promise.all([caller(login('branch_head')), caller(login('agent')), person(DESK), person(PHONE)]);
  await signIn(desk.page, login('branch_head'));
});

/** A desk and a phone can use the page as it is now. */
async function usable(what: string) {
  const { page } = desk;
  expect(await serious(page), what).toEqual([]);
  expect(await wider(page), `${what} is too wide`).toBe(0);
  await picture(page, `outreach-${what}-1440`);
  await page.setViewportSize(PHONE);
  expect(await serious(page), `${what} on a phone`).toEqual([]);
  expect(await wider(page), `${what} on a phone`).toBe(0);
  expect(await small(page), what).toEqual([]);
  await picture(page, `outreach-${what}-360`);
  await page.setViewportSize(DESK);
}

describe('a dialogue', () => {
  it('is planned with a partner, counts who came, meets somebody offline, who becomes a worker, and is told on paper', async () => {
    const { page } = desk;
    await page.goto('/partners');
    await page.click('button:has-text("Tambah mitra")');
    await page.click('dialog button.main');
    await page.waitForSelector('#partner-name-notes .line');
    await page.fill('#partner-name', `Asosiasi Uji ${run}`);
    await page.fill('#partner-contact_name', 'Bu Ani');
    await page.click('dialog button.main');
    await page.waitForSelector('h2#organises');
    const partner = page.url().split('/').pop()!;
    await usable('partner');
    await page.goto('/partners');
    await page.waitForSelector(`a:has-text("Asosiasi Uji ${run}")`);
    await usable('partners');

    const { items } = await head.ask<{ items: { place_id: string }[] }>('GET', '/places?q=angso');
    const now = Date.now();
    const { campaign_id: id } = await head.ask<{ campaign_id: string }>('POST', '/campaigns', {
      kind: 'dialogue', name, office_id: head.office.office_id, place_id: items[0]!.place_id, opens_at: rfc(now - 60_000), closes_at: rfc(now + 3_600_000), organiser_partner: partner, budget: 5_000_000,
      plan: { goal: 10, agenda: [{ at: '09:30', what: 'Pembukaan', who: 'Camat' }] }
    });
    await head.ask('POST', `/campaigns/${id}/teams`, { teams: [{ name: 'Penyambut', members: [agent.account.account_id] }] }, { 'If-Match': await head.tag(`/campaigns/${id}`) });
    await head.ask('POST', `/campaigns/${id}/state`, { to: 'open' });

    await page.goto(`/campaigns/${id}`);
    await page.click('button:has-text("Undang tamu")');
    await page.fill('#guest-name', 'Warga RT 07');
    await page.fill('#guest-heads', '40');
    await page.click('dialog button.main');
    await page.click('button.came:has-text("Hadir")');
    await page.waitForSelector('button.came[aria-pressed=true]');
    expect(await page.textContent('.count')).toContain('40 hadir');
    expect(await page.textContent('body')).toContain(`Asosiasi Uji ${run}`);
    await usable('campaign');

    const who = invent('Rosnah');
    await met(who.name);
    await page.goto('/leads');
    await page.fill('#q', who.name);
    await page.waitForSelector(`li.lead:has-text("${who.name}")`);
    await usable('leads');
    const { items: leads } = await agent.ask<{ items: { lead_id: string; name: string }[] }>('GET', '/leads');
    const lead = leads.find((l) => l.name === who.name)!.lead_id;
    const two = (n: number) => String(n).padStart(2, '0');
    await agent.ask('POST', '/workers', {
      nik: who.nik, name: who.name, birth_date: `${who.year}-${two(who.month)}-${two(who.day)}`, sex: 'F', occupation: 'Pedagang sayur', lowest_band: true, programs: ['JKK', 'JKM'], months: 3,
      consent: { notice_version: agent.notice, channel: 'voice', at: rfc(Date.now()) }, campaign_id: id, lead_id: lead
    });
    expect((await agent.ask<{ state: string }>('GET', `/leads/${lead}`)).state).toBe('registered');
    await expect.poll(async () => (await head.ask<{ funnel: { registered: number } }>('GET', `/campaigns/${id}/around`)).funnel.registered, { timeout: 20_000 }).toBe(1);
    await page.goto(`/campaigns/${id}`);
    await page.waitForSelector('#funnel-title');
    expect((await page.textContent('section[aria-labelledby=funnel-title] dl'))!.replace(/\s+/g, ' ')).toMatch(/Terdaftar *1/);
    const paper = await page.request.get(`${house()}/api/v1/campaigns/${id}/document?lang=id`);
    expect([paper.status(), (await paper.body()).subarray(0, 5).toString()]).toEqual([200, '%PDF-']);

    for (const view of ['list', 'calendar', 'map']) {
      await page.goto(`/campaigns?v=${view}`);
      await page.waitForSelector(view === 'map' ? '.tiles li' : `main a:has-text("${name}")`);
      await usable(view);
    }
    expect([...desk.complaints, ...phone.complaints]).toEqual([]);
  });
});

/** An agent notes somebody without signal; the note goes when it is back. */
async function met(who: string) {
  const { page, context } = phone;
  await enterField(page, 0);
  await page.goto('/field/lead');
  await page.waitForSelector('#lead-name');
  await page.waitForSelector(`#lead-campaign option:has-text("${name}")`, { state: 'attached' });
  await page.selectOption('#lead-campaign', { label: name });
  await context.setOffline(true);
  await page.click('form button.main');
  await page.waitForSelector('#lead-name-notes .line');
  await page.fill('#lead-name', who);
  await page.fill('#lead-business', 'jual kue');
  expect(await serious(page)).toEqual([]);
  expect([await wider(page), await small(page)]).toEqual([0, []]);
  await picture(page, 'outreach-note-360');
  await page.click('form button.main');
  await page.waitForSelector(`li:has-text("${who}") a:has-text("Daftarkan")`);
  await context.setOffline(false);
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect.poll(async () => (await agent.ask<{ items: { name: string }[] }>('GET', '/leads')).items.some((l) => l.name === who), { timeout: 20_000 }).toBe(true);
}
