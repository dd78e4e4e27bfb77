import type { Key } from '../i18n/index.svelte';

/** A screen behind an entry of the navigation, and the act that opens it. */
export interface Tab { href: string; key: Key; act: string }

export const MONEY_TABS: Tab[] = [
  { href: '/cashier', key: 'money.tab.cashier', act: 'contribution.settle' }
];

export const KEEP_TABS: Tab[] = [
  { href: '/lapses', key: 'money.tab.lapses', act: 'worker.find' },
  { href: '/cohorts', key: 'money.tab.cohorts', act: 'home.read' }
];
