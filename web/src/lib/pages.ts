import type { Key } from './i18n/index.svelte';
import type { IconName } from './ui/Icon.svelte';

/** A screen of the office and the act that opens it; one without an act is open to everybody who is logged in. */
export interface Page {
  href: string;
  key: Key;
  sub?: Key;
  icon: IconName;
  act?: string;
  /** Screens behind the same entry: they stand as tabs under its head. */
  also?: string[];
}

/** The daily work: it stands in the bar at the foot of a phone. */
export const DAILY: Page[] = [
  { href: '/home', key: 'nav.home', icon: 'home', act: 'home.read' },
  { href: '/workers', key: 'nav.workers', icon: 'people', act: 'worker.find' },
  { href: '/register', key: 'nav.register', icon: 'plus', act: 'worker.register' },
  { href: '/reviews', key: 'nav.reviews', icon: 'compare', act: 'review.find' }
];

/** Money and the end of cover. Who takes no money begins where it is checked. */
export const MONEY: Page[] = [
  { href: '/cashier', key: 'nav.money', sub: 'nav.money.sub', icon: 'coin', act: 'contribution.settle', also: ['/cash', '/cases', '/desk', '/day', '/groups'] },
  { href: '/desk', key: 'nav.money', sub: 'nav.money.sub', icon: 'coin', act: 'ledger.read', also: ['/cash', '/cases', '/day', '/groups'] },
  { href: '/lapses', key: 'nav.keep', sub: 'nav.keep.sub', icon: 'shield', act: 'ledger.read', also: ['/cohorts'] },
  { href: '/sponsors', key: 'nav.sponsors', sub: 'nav.sponsors.sub', icon: 'hand', act: 'sponsor.find', also: ['/rosters'] },
  { href: '/employers', key: 'nav.employers', sub: 'nav.employers.sub', icon: 'stall', act: 'sponsor.find' } // an agent has those on the phone, so the desk's act is asked for
];

/** Field work as the office leads it. An agent sees his own on the phone, so these ask for the desk's act. */
export const LEAD: Page[] = [
  { href: '/campaigns', key: 'nav.campaigns', sub: 'nav.campaigns.sub', icon: 'flag', act: 'agent.find', also: ['/leads', '/partners', '/services'] },
  { href: '/villages', key: 'nav.villages', sub: 'nav.villages.sub', icon: 'house', act: 'village.find' },
  { href: '/targets', key: 'nav.targets', sub: 'nav.targets.sub', icon: 'shield', act: 'target.find' },
  { href: '/agents', key: 'nav.agents', sub: 'nav.agents.sub', icon: 'badge', act: 'agent.find' },
  { href: '/applications', key: 'nav.applications', sub: 'nav.applications.sub', icon: 'hand', act: 'application.decide' },
  { href: '/classes', key: 'nav.classes', sub: 'nav.classes.sub', icon: 'book', act: 'class.manage' },
  { href: '/kit', key: 'nav.kit', sub: 'nav.kit.sub', icon: 'bag', act: 'kit.manage' }
];

/** What is opened now and then. */
export const OTHER: Page[] = [
  { href: '/device', key: 'nav.device', sub: 'nav.device.sub', icon: 'phone', act: 'device.enrol' },
  { href: '/rules', key: 'nav.rules', sub: 'nav.rules.sub', icon: 'book' },
  { href: '/audit', key: 'nav.audit', sub: 'nav.audit.sub', icon: 'eye', act: 'audit.read' },
  { href: '/offices', key: 'nav.offices', sub: 'nav.offices.sub', icon: 'house', act: 'office.find' },
  { href: '/villages/criteria', key: 'nav.criteria', sub: 'nav.criteria.sub', icon: 'tick', act: 'village.criteria' },
  { href: '/accounts', key: 'nav.accounts', sub: 'nav.accounts.sub', icon: 'people', act: 'account.manage' }
];

/** The bar of an agent in the market. */
export const FIELD: Page[] = [
  { href: '/field', key: 'nav.field', icon: 'home' },
  { href: '/workers', key: 'nav.workers', icon: 'people' },
  { href: '/field/register', key: 'nav.register', icon: 'plus' },
  { href: '/field/sweep', key: 'nav.sweep', icon: 'stall' },
  { href: '/field/money', key: 'nav.money', icon: 'purse' }
];

/** One's own account, and the way to every other screen on a phone. */
export const ACCOUNT: Page = { href: '/account', key: 'nav.account', icon: 'more' };
const TABS = 5;

type May = (act: string) => boolean;
const open = (pages: Page[], may: May) => pages.filter((p) => !p.act || may(p.act)).filter((p, n, all) => all.findIndex((q) => q.key === p.key) === n);

export const dailyFor = (may: May): Page[] => open(DAILY, may);
/** All that is not daily work. */
export const pagesFor = (may: May): Page[] => [...open(MONEY, may), ...open(LEAD, may), ...open(OTHER, may)];
/** The groups of the side bar, without empty ones. */
export const groupsFor = (may: May): Page[][] => [DAILY, MONEY, LEAD, OTHER].map((pages) => open(pages, may)).filter((g) => g.length > 0);

/** The bar of a phone: the daily work, others while there is room, the account last. */
export function tabsFor(may: May): Page[] {
  const daily = dailyFor(may);
  return [...daily, ...pagesFor(may).slice(0, Math.max(0, TABS - 1 - daily.length)), ACCOUNT];
}
