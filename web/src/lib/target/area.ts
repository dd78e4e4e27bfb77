import { t } from '../i18n/index.svelte';
import type { Figure } from './types';

/** The area of which a figure speaks; a province says that it is one, because cities bear the same names. */
export const areaOf = (f: Pick<Figure, 'area' | 'area_name'>): string | undefined => (f.area_name && /^\d\d$/.test(f.area ?? '') ? t('target.province', { name: f.area_name }) : f.area_name);
