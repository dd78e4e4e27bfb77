import type { Key } from '../i18n/index.svelte';

/** The screens of activities, for who may open them. */
export const OUTREACH_TABS: { href: string; key: Key; act: string }[] = [
  { href: '/campaigns', key: 'nav.campaigns', act: 'campaign.read' },
  { href: '/leads', key: 'lead.title', act: 'lead.find' },
  { href: '/partners', key: 'partner.title', act: 'partner.find' },
  { href: '/services', key: 'outreach.services', act: 'service.find' }
];
