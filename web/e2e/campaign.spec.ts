import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { caller, register, sendLater, sweep } from './act';
import { serious, small, wider } from './axe';
import { DESK, enter, invent, login, PHONE, picture, signIn, useBrowser } from './browser';

const person = useBrowser();
/** A walk through many screens, on a machine that has other work too. */
const LONG = 180_000;

/** A phone and a desk can use the page as it is now. */
async function usable(page: Page, what: string) {
  expect(await serious(page), what).toEqual([]);
  expect(await wider(page), `${what} is too wide`).toBe(0);
  await page.setViewportSize(PHONE);
  expect(await serious(page), `${what} on a phone`).toEqual([]);
  expect(await wider(page), `${what} on a phone`).toBe(0);
  expect(await small(page), what).toEqual([]);
  await picture(page, what.replaceAll(' ', '-') + '-360');
  await page.setViewportSize(DESK);
}

describe('a sweep', () => {
  it('is planned, drawn, given teams, opened with what is missing said, and closed', async () => {
    const { page, complaints } = await person(DESK);
    await signIn(page, login('branch_head'));
    await page.goto('/campaigns/new');
    await page.click('form button.main');
    await page.waitForSelector('#plan-name-notes .line');
    await page.fill('#plan-name', 'Grebek Uji Coba');
    await page.fill('#plan-place_id', 'angso');
    await page.click('[role=option]:has-text("Pasar Angso Duo")');
    await page.fill('#plan-from', '25');
    await page.fill('#plan-to', '2359');
    await page.click('form button.main');
    await page.waitForSelector('#plan-from-notes .line');
    await page.fill('#plan-from', '0');
    await page.fill('#plan-goal', '150');
    await usable(page, 'campaign new');
    await picture(page, 'campaign-new-1440');
    await page.click('form button.main');
    await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/);
    await page.waitForSelector('#teams-title');

    await page.click('button:has-text("Ubah denah")');
    const lines = await page.inputValue('#lanes-text');
    await page.fill('#lanes-text', lines + '\nUji; campuran; 9-1');
    await page.waitForSelector('#lanes-wrong:has-text("Baris")');
    await page.fill('#lanes-text', (lines ? lines + '\n' : '') + 'Lorong uji; campuran; 1-12; 0 40 12 2');
    await page.waitForSelector('form:has(#lanes-text) ul[aria-label] :text("Lorong uji")');
    await page.click('form button:has-text("Simpan denah")');
    await page.waitForSelector('section[aria-labelledby=lanes-title] b:has-text("Lorong uji")');

    await page.click('button:has-text("Susun tim")');
    await page.waitForSelector('.people li');
    await page.click('button:has-text("Bagi menurut kantor")');
    await page.locator('.plans input').first().fill('');
    await page.click('form button:has-text("Simpan tim")');
    await page.waitForSelector('text=Setiap tim perlu nama.');
    await page.locator('.plans input').first().fill('Tim Utara');
    await picture(page, 'campaign-teams-1440');
    await usable(page, 'campaign teams');
    await page.click('form button:has-text("Simpan tim")');
    await page.waitForSelector('section[aria-labelledby=teams-title] h3:has-text("Tim Utara")');
    await usable(page, 'campaign plan');
    await picture(page, 'campaign-plan-1440');

    await page.click('button:has-text("Tautan untuk proyektor")');
    await page.click('dialog button[form=kiosk]');
    await page.waitForSelector('dialog svg[role=img]');
    const link = (await page.textContent('dialog .link-text'))!.trim();
    expect(link).toMatch(/\/board\?k=[\w-]{22}$/);
    expect(await serious(page)).toEqual([]);
    await picture(page, 'campaign-kiosk-1440');
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });

    await page.click('button:has-text("Mulai grebek")');
    await page.waitForSelector('dialog[open]');
    expect(await serious(page)).toEqual([]);
    await page.click('dialog button[form=state]');
    await page.waitForSelector('.state:has-text("Berlangsung")');
    await page.waitForSelector('#live-title');
    await page.click('button:has-text("Jeda")');
    await page.click('dialog button[form=state]');
    await page.waitForSelector('button:has-text("Lanjutkan grebek")');
    await page.click('button:has-text("Lanjutkan grebek")');
    await page.click('dialog button[form=state]');
    await page.waitForSelector('.state:has-text("Berlangsung")');
    await page.click('button:has-text("Tutup grebek")');
    await page.click('dialog button[form=state]');
    await page.waitForSelector('.state:has-text("Selesai")');
    await page.waitForSelector('#win-title:has-text("Hasil sementara")');
    expect(complaints).toEqual([]);
  }, LONG);

  it('shows live what agents bring, judges what a wrong clock sent, and keeps its evaluation as PDF', async () => {
    const head = await caller(login('branch_head'));
    const agents = [await caller(login('agent', 0)), await caller(login('agent', 1))];
    const s = await sweep(head, 'Grebek Penilaian', agents.map((a) => a.account.account_id));
    await head.ask('POST', `/campaigns/${s.id}/state`, { to: 'open' });
    const { page, complaints } = await person(DESK);
    await enter(page, login('branch_head'));
    await page.waitForSelector('section.live:has-text("Grebek Penilaian")');
    expect(await serious(page), 'home').toEqual([]);
    await picture(page, 'home-live-1440');
    await page.goto('/campaigns');
    await page.waitForSelector('main td:has-text("Grebek Penilaian")');
    await usable(page, 'campaigns');
    await picture(page, 'campaigns-1440');
    await page.goto('/campaigns/' + s.id);
    await page.waitForSelector('#live-title');
    for (let n = 0; n < 3; n++) await register(agents[0]!, invent('Langsung'), s.id, { lane_id: s.lanes[0]!.lane_id, number: String(n + 1) });
    await register(agents[1]!, invent('Langsung'), s.id);
    await page.waitForSelector('.reads .fig:has-text("4")');
    await picture(page, 'campaign-live-1440');
    await usable(page, 'campaign live');
    const late = await sendLater(agents[1]!, invent('Terlambat'), s.id, -600);
    expect(late.outcome).toBe('accepted');

    await head.ask('POST', `/campaigns/${s.id}/state`, { to: 'closed' });
    await page.waitForSelector('#win-title');
    expect(await page.textContent('section[aria-labelledby=win-title]')).toContain('3');
    const result = await head.ask<{ evaluation: unknown[]; balance: { ok: boolean } }>('GET', `/campaigns/${s.id}/result`);
    expect(result.balance.ok).toBe(true);
    expect(result.evaluation).toHaveLength(1);
    await page.click('section[aria-labelledby=eval-title] button:has-text("Hitung")');
    await page.click('dialog button[form=judge]');
    await page.waitForSelector('#judge-reason-notes .line');
    await page.fill('#judge-reason', 'jam HP mundur, saksi ada');
    await page.click('dialog button[form=judge]');
    await page.waitForSelector('section[aria-labelledby=eval-title]:has-text("saksi ada")');
    const kept = page.waitForEvent('download');
    await page.click('button:has-text("Unduh evaluasi")');
    expect((await kept).suggestedFilename()).toBe('Grebek Penilaian.pdf');
    await usable(page, 'campaign result');
    await picture(page, 'campaign-result-1440');
    expect(complaints).toEqual([]);
  }, LONG);

  it('is looked at, not led, by the auditor', async () => {
    const { page } = await person(DESK);
    await signIn(page, login('auditor'));
    await page.goto('/campaigns');
    await page.click('main td a >> nth=0');
    await page.waitForSelector('.tabs-in');
    expect(await page.locator('button:has-text("Mulai grebek"), button:has-text("Tutup grebek"), a[href="/campaigns/new"]').count()).toBe(0);
  }, LONG);
});
