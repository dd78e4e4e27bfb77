import { existsSync, mkdirSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from 'vitest';
import type { Login } from './server';

let own: { address: string; bank: string } | undefined;
/** From here on the specs of this file are in a house that they run themselves. */
export const moveTo = (next: { address: string; bank: string }) => void (own = next);

/** The address of this worker's house. */
export function house(): string {
  if (own) return own.address;
  const urls = inject('urls');
  return urls[(Number(process.env.VITEST_POOL_ID ?? 1) - 1) % urls.length]!;
}

/** The simulated bank of this worker's house: what its page and its `/sim/pay` take is told to the house. */
export function bank(): string {
  if (own) return own.bank;
  const found = inject('banks');
  return found[(Number(process.env.VITEST_POOL_ID ?? 1) - 1) % found.length]!;
}

export const PHONE = { width: 360, height: 800 };
export const DESK = { width: 1440, height: 900 };
const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'
];
/**
 * What the browser around the pages is not to do. Each new window would draw an address bar that nobody sees, as pages
 * with processes of their own: half of what a person costs. The later of two such lists counts, so Playwright's is here too.
 */
const WITHOUT = [
  'WebUIOmniboxPopup', 'WebUIOmniboxFullPopup', 'WebUIOmniboxAimPopup', 'PreloadTopChromeWebUI',
  'AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable', 'LensOverlay', 'MediaRouter', 'PaintHolding',
  'ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect', 'OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled', 'PreconnectToSearch'
];
FLAGS.push('--disable-features=' + WITHOUT.join());
const CHROMIUM = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export interface Person {
  context: BrowserContext;
  page: Page;
  /** What the browser complained about: broken rules of the page's policy, scripts that fell over. */
  complaints: string[];
}

/**
 * A browser for the specs of a file, and people who use it. What keeps a spec cheap: one person for
 * many steps, because each begins with an empty cache; `signIn`, which needs neither the form nor a
 * page; acts over the API (act.ts, market.ts) for all that is not looked at; `visit`, which goes on
 * inside the page; waiting for what appears, never for time. Nothing moves on their screens, and at a
 * desk no service worker fetches all pages beforehand. Who comes during a test leaves with it; who is
 * there before the first stays. What its cameras see is a film (Y4M) at a path, which may be written
 * later; without one, colours. Where no phone is ever without a network, `workers` is 'block'.
 */
export function useBrowser(film = '', workers: 'allow' | 'block' = 'allow') {
  let browser: Browser;
  let guests: BrowserContext[] | undefined;
  beforeAll(async () => {
    const executablePath = CHROMIUM.find((path) => path && existsSync(path));
    browser = await chromium.launch({ executablePath, args: film ? [...FLAGS, `--use-file-for-fake-video-capture=${film}`] : FLAGS });
  });
  beforeEach(() => void (guests = []));
  afterEach(async () => void (await Promise.all(guests!.splice(0).map((context) => context.close()))));
  afterAll(async () => {
    own = guests = undefined; // the next file is in the worker's house again
    await browser?.close();
  });

  return async function person(size: { width: number; height: number }): Promise<Person> {
    const phone = size.width < 900;
    const hall = size.width > DESK.width; // its screen goes on without a network
    const context = await browser.newContext({
      viewport: size, locale: 'id-ID', baseURL: house(), hasTouch: phone, serviceWorkers: phone || hall ? workers : 'block', reducedMotion: 'reduce'
    });
    context.setDefaultTimeout(60_000);
    guests?.push(context);
    const page = await context.newPage();
    const complaints: string[] = [];
    watch(page, complaints);
    context.on('page', (next) => watch(next, complaints));
    return { context, page, complaints };
  };
}

function watch(page: Page, complaints: string[]) {
  page.on('pageerror', (error) => complaints.push('error: ' + error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Uncaught/.test(message.text())) complaints.push(message.text());
  });
}

/** Somebody of the demo with that role; the n-th when there are several. */
export function login(role: string, n = 0): Login {
  const all = inject('logins').filter((l) => l.role === role);
  const found = all[n] ?? all[0];
  if (!found) throw new Error(`the demo has nobody who is ${role}`);
  return found;
}

export const hasTwo = (role: string): boolean => inject('logins').filter((l) => l.role === role).length > 1;

/** Logs in by the API, for whoever then opens a page; the form is used where it is what a spec is about. */
export async function signIn(page: Page, who: Login) {
  const answer = await page.request.post('/api/v1/session', { data: { login: who.login, password: who.password }, headers: { Origin: house() } });
  if (!answer.ok()) throw new Error(`${who.login} cannot log in: ${answer.status()} ${await answer.text()}`);
}

/** Logs in and opens the first page. */
export async function enter(page: Page, who: Login) {
  await signIn(page, who);
  await page.goto(who.role === 'agent' ? '/field' : '/home');
  await page.waitForSelector('h1');
}

/** Follows a link inside the page: what is loaded stays loaded. */
export async function visit(page: Page, path: string) {
  await page.evaluate((href) => {
    const link = Object.assign(document.createElement('a'), { href });
    document.body.append(link);
    link.click();
    link.remove();
  }, path);
  await page.waitForURL('**' + path);
}

/** Waits until a field holds a text: what a page brings may come a moment after the field. */
export const reads = (page: Page, field: string, text: string) => expect.poll(() => page.inputValue(field), { timeout: 30_000 }).toBe(text);

/** An agent enters and enrols the phone, and the service worker has its pages. */
export async function enterField(page: Page, n: number) {
  await enter(page, login('agent', n));
  await page.click('.enrol button.main');
  await page.click('dialog .btn.plain');
  await page.locator('.enrol').waitFor({ state: 'detached' });
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  // A page that was on its way while the worker woke is taken over at its next opening.
  if (!(await page.evaluate(() => !!navigator.serviceWorker.controller))) await page.reload();
  await page.waitForFunction(() => !!navigator.serviceWorker.controller);
}

/** An invented person. The NIK's serial is 99nn: no real one is that high. */
export interface Invented {
  nik: string;
  name: string;
  day: number;
  month: number;
  year: number;
  sex: 'F' | 'M';
}

const FIRST = ['Ayu', 'Dewi', 'Indah', 'Kartika', 'Lestari', 'Mulyani', 'Puspita', 'Rahayu', 'Sari', 'Utami', 'Wati'];
const LAST = ['Anggraini', 'Harahap', 'Hasibuan', 'Kusuma', 'Lubis', 'Maharani', 'Nasution', 'Permata', 'Purnama', 'Setiawati', 'Siregar', 'Wulandari', 'Yuliana'];
const run = Math.floor(Date.now() / 1000) % 9000;
let made = 0;
export function invent(name: string): Invented {
  const n = run + made++;
  const [day, month, year] = [1 + (n % 28), 1 + (Math.floor(n / 28) % 12), 70 + (Math.floor(n / 336) % 25)];
  const two = (v: number) => String(v).padStart(2, '0');
  // Two surnames that change with each person: a list that still shows an older one is never taken for this one.
  name = `${name} ${FIRST[n % FIRST.length]} ${LAST[Math.floor(n / FIRST.length) % LAST.length]}`;
  return { nik: `157108${two(day + 40)}${two(month)}${two(year)}99${two(made % 100)}`, name, day, month, year: 1900 + year, sex: 'F' };
}

export async function fillIdentity(page: Page, who: Invented) {
  await page.waitForSelector('#nik');
  await page.click('#nik');
  await page.keyboard.type(who.nik);
  await page.fill('#name', who.name);
  await page.fill('#birth_date', String(who.day));
  await page.selectOption('#birth_date-m', String(who.month));
  await page.fill('#birth_date-y', String(who.year));
  await page.click(`label:has(input[name=sex][value=${who.sex}])`);
}

export const next = (page: Page) => page.click('.bar button');

/** The phone's five screens, up to the last button. */
export async function fillPhone(page: Page, who: Invented) {
  await page.goto('/register');
  await fillIdentity(page, who);
  await next(page);
  await page.fill('#phone', '0812 3456 7890');
  await next(page);
  await page.fill('#occupation', 'pedagang sayur');
  await page.click('[role=option] >> nth=0');
  await page.click('label:has(input[value=known])');
  await page.fill('#monthly_income', '1500000');
  await next(page);
  await page.waitForSelector('input[name=months]', { state: 'attached' });
  await next(page);
  await page.click('label:has(input[value=voice])');
  await page.check('#consent');
}

/** Where pictures of the screens go; empty says none are wanted. */
export const pictures = process.env.JARING_SCREENS ?? '';
export async function picture(page: Page, name: string) {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.waitForTimeout(400);
  await page.screenshot({ path: `${pictures}/${name}.png` });
}
