export type Theme = 'terang' | 'terik';
const STORE = 'jaring.theme';
const state = $state<{ theme: Theme }>({ theme: 'terang' });

export const theme = (): Theme => state.theme;

export function startTheme(): void {
  try {
    if (localStorage.getItem(STORE) === 'terik') setTheme('terik');
  } catch {
    // no storage: the light theme
  }
}

/** Terik is for the noon sun: black on white, thick lines, no tints. */
export function setTheme(theme: Theme): void {
  state.theme = theme;
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(STORE, theme);
  } catch {
    // stays for this visit
  }
}
