import type { Key } from '../i18n/index.svelte';

/** A screen behind an entry of the navigation, and the act that opens it. */
export interface Tab { href: string; key: Key; act: string }

export const MONEY_TABS: Tab[] = [
  { href: '/cashier', key: 'money.tab.cashier', act: 'contribution.settle' },
  { href: '/cash', key: 'money.tab.cash', act: 'cash.read' },
  { href: '/cases', key: 'money.tab.cases', act: 'case.find' },
  { href: '/desk', key: 'money.tab.desk', act: 'ledger.read' },
  { href: '/day', key: 'money.tab.day', act: 'ledger.read' },
  { href: '/groups', key: 'money.tab.groups', act: 'group.find' }
];

export const KEEP_TABS: Tab[] = [
  { href: '/lapses', key: 'money.tab.lapses', act: 'worker.find' },
  { href: '/cohorts', key: 'money.tab.cohorts', act: 'home.read' }
];
