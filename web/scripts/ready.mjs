// Measures the field on a slow line and a slow phone, and a full box on a fast one; it reports and judges nothing.
//   node scripts/ready.mjs URL LOGINS.json [LOGIN]      (LOGINS.json is what `jaring demo --json` prints)
// Slow is 400 kbit/s, 400 ms and a processor four times slower.
import { existsSync, readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const [url, file, wanted] = process.argv.slice(2);
if (!url || !file) {
  console.error('use: node scripts/ready.mjs URL LOGINS.json [LOGIN]');
  process.exit(2);
}
const { logins } = JSON.parse(readFileSync(file, 'utf8'));
const who = logins.find((l) => (wanted ? l.login === wanted : l.role === 'agent'));
const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((p) => p && existsSync(p));
const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
const report = {};

async function phone(state) {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 360, height: 800 }, hasTouch: true, locale: 'id-ID', storageState: state });
  return { context, page: await context.newPage() };
}
async function slow(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 });
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
}
const seconds = (ms) => Math.round(ms) / 1000;
/** From the first request until the page shows what makes it usable. */
async function timed(page, path, ready) {
  const from = performance.now();
  await page.goto(path, { waitUntil: 'commit' });
  await page.waitForSelector(ready);
  return seconds(performance.now() - from);
}

const first = await phone();
await first.page.goto('/login');
await first.page.fill('#login', who.login);
await first.page.fill('#password', who.password);
await first.page.click('form button.main');
await first.page.waitForURL('**/field');
const cookies = { cookies: await first.context.cookies(), origins: [] };

// Nothing is kept yet: the first opening after the log-in.
for (const [name, path, ready] of [['home', '/field', '.kept .fig:not(.ghost)'], ['register', '/field/register', '#nik:not([disabled])']]) {
  const { context, page } = await phone(cookies);
  await slow(page);
  report[`cold_${name}_s`] = await timed(page, path, ready);
  report[`cold_${name}_kB`] = Math.round((await page.evaluate(() => performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation')).reduce((sum, e) => sum + e.transferSize, 0))) / 100) / 10;
  await context.close();
}

// The installed app: opened again, with the slow line and without any.
const kept = await phone(cookies);
await kept.page.goto('/field');
await kept.page.click('.enrol button.main');
await kept.page.click('dialog .btn.plain');
await kept.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
await kept.page.waitForTimeout(2000);
await kept.page.close();
for (const [name, path, ready] of [['home', '/field', '.kept .fig:not(.ghost)'], ['register', '/field/register', '#nik:not([disabled])']]) {
  const page = await kept.context.newPage();
  await slow(page);
  report[`warm_${name}_s`] = await timed(page, path, ready);
  await page.close();
  await kept.context.setOffline(true);
  const off = await kept.context.newPage();
  await (await kept.context.newCDPSession(off)).send('Emulation.setCPUThrottlingRate', { rate: 4 });
  report[`offline_${name}_s`] = await timed(off, path, ready);
  await off.close();
  await kept.context.setOffline(false);
}

// A full box: sealed registrations, made as the app makes them, sent over this machine's own line.
const MANY = 500;
const page = await kept.context.newPage();
await kept.context.setOffline(true);
await page.goto('/field/box');
await page.waitForSelector('main h2');
await page.evaluate(fillBox, { many: MANY, session: who.login });
await page.reload();
await page.waitForSelector(`text=/${MANY} belum terkirim/`);
await kept.context.setOffline(false);
const from = performance.now();
await page.evaluate(() => window.dispatchEvent(new Event('online')));
await page.waitForSelector('text=Semua sudah sampai di kantor.', { timeout: 120_000 });
report[`sync_${MANY}_s`] = seconds(performance.now() - from);
report.bundle = (await page.evaluate(() => fetch('/shell.json').then((r) => r.json()))).files.length;
console.log(JSON.stringify(report, null, 2));
await browser.close();

/** Runs in the page. Invented people whose serial is 99nn; none of them has lived. */
async function fillBox({ many }) {
  const b64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
  const from64 = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const utf8 = (text) => new TextEncoder().encode(text);
  const db = await new Promise((done) => (indexedDB.open('jaring').onsuccess = (e) => done(e.target.result)));
  const get = (store, key) => new Promise((done) => (db.transaction(store).objectStore(store).get(key).onsuccess = (e) => done(e.target.result)));
  const [office, own, device] = await Promise.all([get('keys', 'office'), get('keys', 'own'), get('keys', 'device')]);
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const to = await crypto.subtle.importKey('raw', from64(office.public_key), curve, false, []);
  async function seal(k, key, name, text) {
    const pair = await crypto.subtle.generateKey(curve, true, ['deriveBits']);
    const root = await crypto.subtle.importKey('raw', await crypto.subtle.deriveBits({ name: 'ECDH', public: key }, pair.privateKey, 256), 'HKDF', false, ['deriveKey']);
    const aes = await crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: utf8('jaring-seal-1|' + name) }, root, { name: 'AES-GCM', length: 256 }, false, ['encrypt']);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const d = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: utf8(name) }, aes, utf8(text));
    return { k, e: b64(await crypto.subtle.exportKey('raw', pair.publicKey)), i: b64(iv), d: b64(d) };
  }
  const session = JSON.parse(localStorage.getItem('jaring.session'));
  const two = (n) => String(n).padStart(2, '0');
  const seed = Math.floor(Math.random() * 20);
  const made = [];
  for (let n = 0; n < many; n++) {
    const time = (Date.now() - many + n).toString(16).padStart(12, '0');
    const id = `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
    const [day, month, year] = [1 + (n % 28), 1 + (Math.floor(n / 28) % 12), 70 + seed + Math.floor(n / 336)];
    const taken_at = new Date().toISOString();
    const body = JSON.stringify({
      nik: `157108${two(day + 40)}${two(month)}${two(year)}${9001 + (n % 900)}`, name: `Contoh ${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[n % 26]}${n} Uji`, birth_date: `19${year}-${two(month)}-${two(day)}`, sex: 'F',
      occupation: 'Pedagang sayur', lowest_band: true, programs: ['JKK', 'JKM'], months: 3, sector: 'other', consent: { notice_version: session.notice_version, channel: 'tap', at: taken_at }
    });
    const head = JSON.stringify({ id, seq: n + 1, after: [], kind: 'worker.register', agent_id: device.account_id, taken_at }).slice(0, -1);
    const text = `${head},"sealed":${JSON.stringify(await seal(office.key_id, to, id, body))}}`;
    made.push([{ id, seq: n + 1, kind: 'worker.register', state: 'waiting', taken_at, content: await seal(own.id, own.publicKey, 'own', JSON.stringify({ label: `Contoh ${n}` })) }, text]);
  }
  await new Promise((done) => {
    const tx = db.transaction(['outbox', 'text', 'meta'], 'readwrite');
    for (const [row, text] of made) {
      tx.objectStore('outbox').put(row, row.id);
      tx.objectStore('text').put(text, row.id);
    }
    tx.objectStore('meta').put(many, 'seq');
    tx.oncomplete = done;
  });
}
