import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { BrowserContext, Page } from 'playwright-core';
import { fillPhone, hasTwo, house, invent, login, next, PHONE, picture, reads, signIn, useBrowser } from './browser';

const person = useBrowser();

async function enrol(page: Page) {
  await page.goto('/device');
  await page.click('form button.main');
  await page.click('dialog .btn.plain');
  await page.waitForSelector('text=/HP ini terpasang/');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  // A page that was on its way while the worker woke is taken over at its next opening.
  if (!(await page.evaluate(() => !!navigator.serviceWorker.controller))) await page.reload();
  await page.waitForFunction(() => !!navigator.serviceWorker.controller);
}
const box = (page: Page) => page.locator('section[aria-labelledby=box] li');
const online = (page: Page) => page.evaluate(() => window.dispatchEvent(new Event('online')));
const states = async (page: Page) => (await box(page).allTextContents()).map((t) => t.replace(/\s+/g, ' ').trim());

/** Records people while the network is cut; the page stays open. */
async function keep(page: Page, context: BrowserContext, names: string[]) {
  await page.goto('/register');
  await page.waitForSelector('#nik');
  await page.waitForTimeout(200);
  await context.setOffline(true);
  const people = names.map((name) => invent(name));
  for (const who of people) {
    if (who !== people[0]) await page.click('text=Daftarkan berikutnya');
    await fillPhoneHere(page, who);
    await next(page);
    await page.waitForSelector('.ok.kept h1');
  }
  return people;
}

describe('an enrolled phone without signal', () => {
  it('keeps a registration through a closed tab and sends it, signed, when signal is back', async () => {
    const { page, context, complaints } = await person(PHONE);
    await signIn(page, login('agent'));
    await enrol(page);
    const [who] = await keep(page, context, ['Wagiman']);
    expect(await page.textContent('.ok h1')).toContain('tersimpan di HP ini');
    await picture(page, 'register-kept-360');
    await page.close();

    const again = await context.newPage();
    await again.goto('/device');
    await box(again).first().waitFor();
    const [given, second] = who!.name.split(' ');
    expect(await box(again).first().textContent()).toContain(`${given} ${second![0]}.`);
    expect(await box(again).first().textContent()).toContain('Menunggu');
    await picture(again, 'outbox-360');

    await context.setOffline(false);
    const send = again.locator('button', { hasText: 'Kirim sekarang' });
    if (await send.count()) await send.click().catch(() => undefined);
    await again.waitForSelector('text=/Diterima|diperiksa/');
    expect(await box(again).first().textContent()).toMatch(/REG \d\d-/);
    await again.goto('/workers');
    await again.fill('#q', who!.name);
    await again.waitForSelector(`text=${who!.name}`);
    expect(complaints).toEqual([]);
  });

  it('shows the second of two phones why its record was refused', async () => {
    const who = invent('Sarpin');
    for (const n of [0, 1]) {
      const { page, context } = await person(PHONE);
      await signIn(page, n === 1 && !hasTwo('agent') ? login('officer') : login('agent', n));
      await enrol(page);
      await page.goto('/register');
      await page.waitForSelector('#nik');
      await page.waitForTimeout(200);
      await context.setOffline(true);
      await fillPhoneHere(page, who);
      await next(page);
      await page.waitForSelector('.ok.kept');
      await page.goto('/device');
      await box(page).first().waitFor();
      await context.setOffline(false);
      await online(page);
      const wanted = n === 0 ? /Diterima/ : /Ditolak/;
      await page.waitForFunction((source) => new RegExp(source).test(document.querySelector('section[aria-labelledby=box] li')?.textContent ?? ''), wanted.source);
      if (n === 1) {
        expect(await box(page).first().textContent()).toMatch(/sudah/);
        await page.click('text=Sudah saya lihat');
        await box(page).first().waitFor({ state: 'detached' });
      }
    }
  });

  it('holds nothing on its disk that names the person', async () => {
    const { page, context } = await person(PHONE);
    await signIn(page, login('agent'));
    await enrol(page);
    const [who] = await keep(page, context, ['Rahasia']);
    const disk = await page.evaluate(async () => {
      const db = await new Promise<IDBDatabase>((done) => (indexedDB.open('jaring').onsuccess = (e) => done((e.target as IDBOpenDBRequest).result)));
      const all = await Promise.all(['outbox', 'text', 'draft', 'meta'].map((name) => new Promise<unknown>((done) => (db.transaction(name).objectStore(name).getAll().onsuccess = (e) => done((e.target as IDBRequest).result)))));
      return JSON.stringify(all, (_, v: unknown) => (v instanceof ArrayBuffer ? String.fromCharCode(...new Uint8Array(v)) : v)) + JSON.stringify({ ...localStorage });
    });
    expect(disk).toContain('sealed');
    for (const secret of [who!.nik, 'Rahasia', '0812 3456']) expect(disk).not.toContain(secret);
  });
});

describe('when something breaks', () => {
  it('goes on after the tab is killed in the middle of sending, and counts nobody twice', async () => {
    const { page, context } = await person(PHONE);
    await signIn(page, login('agent'));
    await enrol(page);
    await keep(page, context, ['Karno', 'Kardi', 'Karsi']);
    // The batch arrives, its answer does not.
    let arrived = 0;
    await context.route('**/api/v1/sync', async (route) => {
      await route.fetch();
      arrived++;
      await page.close();
    });
    await context.setOffline(false);
    await online(page);
    await expect.poll(() => arrived, { timeout: 60_000 }).toBe(1);
    await context.unroute('**/api/v1/sync');
    const again = await context.newPage();
    await again.goto('/device');
    await again.waitForFunction(() => document.querySelectorAll('section[aria-labelledby=box] li').length === 3 && !document.body.textContent!.includes('belum terkirim'));
    for (const state of await states(again)) expect(state).toMatch(/Diterima.*REG|diperiksa/);
  });

  it('goes on sending when the log-in has ended: batches are signed', async () => {
    const { page, context } = await person(PHONE);
    await signIn(page, login('agent'));
    await enrol(page);
    await keep(page, context, ['Lasmi']);
    await context.clearCookies();
    await context.setOffline(false);
    await page.goto('/field/box');
    await page.waitForSelector('text=/Masa masuk Anda habis/');
    await page.waitForSelector('text=Semua sudah sampai di kantor.');
    await picture(page, 'field-expired-360');
  });

  it('refuses to log out while something waits', async () => {
    const { page, context } = await person(PHONE);
    await signIn(page, login('agent'));
    await enrol(page);
    await keep(page, context, ['Ponirah']);
    await page.goto('/account');
    await page.click('button:has-text("Keluar") >> visible=true');
    await page.waitForSelector('[role=status]:has-text("belum terkirim")');
    expect(new URL(page.url()).pathname).toBe('/account');
  });

  it('sets a damaged record aside and shows it; the others arrive', async () => {
    const { page, context } = await person(PHONE);
    await signIn(page, login('agent'));
    await enrol(page);
    await keep(page, context, ['Baik', 'Rusak', 'Bagus']);
    await page.evaluate(async () => {
      const db = await new Promise<IDBDatabase>((done) => (indexedDB.open('jaring').onsuccess = (e) => done((e.target as IDBOpenDBRequest).result)));
      const store = db.transaction('text', 'readwrite').objectStore('text');
      const keys = await new Promise<IDBValidKey[]>((done) => (store.getAllKeys().onsuccess = (e) => done((e.target as IDBRequest<IDBValidKey[]>).result)));
      store.put('{"id":"' + String(keys[1]) + '",', keys[1]);
    });
    await page.goto('/device');
    await context.setOffline(false);
    await online(page);
    await page.waitForFunction(() => /Ditolak/.test(document.body.textContent!) && !document.body.textContent!.includes('belum terkirim'));
    const said = await states(page);
    expect(said.filter((s) => /Diterima|diperiksa/.test(s))).toHaveLength(2);
    expect(said.filter((s) => /Ditolak/.test(s))).toHaveLength(1);
    expect(said[0]).toMatch(/^Rusak.*Ditolak/);
    await picture(page, 'outbox-poison-360');
  });

  it('says that the phone is full, and keeps the form', async () => {
    const { page, context } = await person(PHONE);
    await signIn(page, login('agent'));
    await enrol(page);
    await page.goto('/register');
    await page.waitForSelector('#nik');
    await page.waitForTimeout(200);
    await context.setOffline(true);
    await fillPhoneHere(page, invent('Penuh'));
    // The browser remembers for a while how much room there was, so its disk is made full by hand.
    await page.evaluate(() => {
      const real = IDBObjectStore.prototype.put;
      Object.assign(window, { room: () => (IDBObjectStore.prototype.put = real) });
      IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args: [unknown, IDBValidKey]) {
        if (this.name === 'text') throw new DOMException('full', 'QuotaExceededError');
        return real.apply(this, args);
      };
    });
    await next(page);
    await page.waitForSelector('text=/Ruang HP penuh/');
    expect(await page.textContent('main')).toContain('Isian tetap di layar');
    await picture(page, 'register-full-360');
    await page.evaluate(() => (window as unknown as { room: () => void }).room());
    await next(page);
    await page.waitForSelector('.ok.kept');
  });
});

describe('a refused record', () => {
  it('is opened by the office for its sender, mended on the phone and accepted', async () => {
    const { page, context } = await person(PHONE);
    await signIn(page, login('agent'));
    await enrol(page);
    await page.goto('/register');
    await page.waitForSelector('#nik');
    await page.waitForTimeout(200);
    await context.setOffline(true);
    const born = invent('Tua');
    const old = { ...born, year: 1950, nik: born.nik.slice(0, 10) + '50' + born.nik.slice(12) };
    await fillPhoneHere(page, old);
    await next(page);
    await page.waitForSelector('.ok.kept h1');
    await context.setOffline(false);
    await online(page);
    await page.waitForSelector('text=Ditolak kantor');
    await page.click('button:has-text("Betulkan")');
    await page.waitForSelector('#name');
    await reads(page, '#name', old.name);
    await reads(page, '#birth_date-y', '1950');
    await page.fill('#birth_date-y', '1980');
    await page.click('#name');
    await page.click('#birth_date-notes button >> nth=1');
    for (let n = 0; n < 4; n++) await next(page);
    await page.check('#consent');
    await next(page);
    await page.waitForSelector('text=/REG \\d\\d-|diperiksa/');
    await page.goto('/device');
    await box(page).first().waitFor();
    expect((await states(page)).join()).not.toMatch(/Ditolak/);
  });
});

describe('a PIN', () => {
  it('hides drafts and names until it is typed; forgetting it loses no record', async () => {
    const { page, context } = await person(PHONE);
    await signIn(page, login('agent'));
    await enrol(page);
    await page.goto('/device');
    await page.click('button:has-text("Pasang PIN")');
    await page.fill('#pin-new', '111111');
    await page.fill('#pin-again', '111111');
    await page.click('dialog button.main');
    await page.waitForSelector('text=/mudah ditebak/');
    await page.fill('#pin-new', '482615');
    await page.fill('#pin-again', '482615');
    await page.click('dialog button.main');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.click('nav.tabs a[href="/field/register"]');
    await page.waitForSelector('#nik');
    await page.waitForTimeout(200);
    await context.setOffline(true);
    await fillPhoneHere(page, invent('Terkunci'));
    await next(page);
    await page.waitForSelector('.ok.kept h1');

    await page.goto('/field');
    await page.waitForSelector('#pin');
    await picture(page, 'field-lock-360');
    expect(await page.textContent('body')).toMatch(/1 belum terkirim/);
    await page.fill('#pin', '000000');
    await page.click('form button.main');
    await page.waitForSelector('text=/PIN tidak cocok/');
    await page.fill('#pin', '482615');
    await page.click('form button.main');
    await page.waitForSelector('.kept');
    await page.goto('/field/box');
    await page.fill('#pin', '482615');
    await page.click('form button.main');
    await page.waitForSelector('text=/Terkunci/');

    await page.reload();
    await page.click('text=Lupa PIN?');
    await page.click('dialog button.warn');
    await page.waitForSelector('text=/1 belum terkirim/');
    expect(await page.textContent('main')).not.toContain('Terkunci');
    await context.setOffline(false);
    await online(page);
    await page.waitForSelector('text=Semua sudah sampai di kantor.');
  });
});

describe('a new version', () => {
  let front: Server | undefined;
  afterEach(() => void front?.close());

  it('is offered and not forced, and a full queue comes through it', async () => {
    let newer = false;
    front = await serveVersions(() => newer);
    const { context } = await person(PHONE);
    const page = await context.newPage();
    const base = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
    const go = page.goto.bind(page);
    page.goto = ((url: string) => go(new URL(url, base).href)) as typeof page.goto;
    await signIn(page, login('agent'));
    await enrol(page);
    await keep(page, context, ['Antre', 'Antri']);
    // The office is out of reach for batches; the new version is not.
    await context.route('**/api/v1/sync', (route) => route.abort());
    await context.setOffline(false);
    newer = true;
    await page.goto('/field/box');
    await page.evaluate(() => navigator.serviceWorker.getRegistration().then((r) => r?.update()));
    await page.waitForSelector('text=Versi baru siap.');
    await picture(page, 'field-version-360');
    expect(await page.evaluate(async () => (await caches.keys()).length)).toBe(2);
    await Promise.all([page.waitForEvent('load'), page.click('text=Pakai sekarang')]);
    await page.waitForSelector('text=/2 belum terkirim/');
    expect(await page.evaluate(async () => (await caches.keys()).join())).toMatch(/-newer$/);
    await context.unroute('**/api/v1/sync');
    await online(page);
    await page.waitForSelector('text=Semua sudah sampai di kantor.');
  });
});

/** The program behind a door that can give out a newer version of its pages. */
async function serveVersions(newer: () => boolean): Promise<Server> {
  const url = house();
  const { version } = (await (await fetch(url + '/shell.json')).json()) as { version: string };
  const server = createServer((ask, answer) => {
    const onward = request(url + ask.url, { method: ask.method, headers: { ...ask.headers, ...(ask.headers.origin ? { origin: url } : {}), host: new URL(url).host, 'accept-encoding': 'identity', 'if-none-match': '' } }, (got) => {
      const own = newer() && /service-worker\.js|shell\.json/.test(ask.url!);
      if (!own) {
        answer.writeHead(got.statusCode!, got.headers);
        return void got.pipe(answer);
      }
      const parts: Buffer[] = [];
      got.on('data', (part: Buffer) => parts.push(part));
      got.on('end', () => {
        const text = Buffer.concat(parts).toString().replaceAll(version, version + '-newer');
        answer.writeHead(200, { 'Content-Type': got.headers['content-type']!, 'Cache-Control': 'no-cache' });
        answer.end(text);
      });
    });
    onward.on('error', () => answer.destroy());
    ask.pipe(onward);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

/** The form is open already: the network is cut, nothing is loaded anew. */
async function fillPhoneHere(page: Page, who: ReturnType<typeof invent>) {
  const goto = page.goto.bind(page);
  page.goto = (async () => null) as typeof page.goto;
  await fillPhone(page, who);
  page.goto = goto;
}
