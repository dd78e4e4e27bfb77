import { words } from '../i18n/index.svelte';

/** Parts that few days need: they come with their words when they are opened. */
export const openLock = async () => {
  const [pin, lock] = await Promise.all([import('../i18n/group/pin'), import('./Lock.svelte')]);
  await words(pin.default)();
  return lock.default;
};

export const openPinSheet = async () => {
  const [pin, sheet] = await Promise.all([import('../i18n/group/pin'), import('./PinSheet.svelte')]);
  await words(pin.default)();
  return sheet.default;
};
