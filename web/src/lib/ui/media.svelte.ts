const query = window.matchMedia('(min-width: 900px)');
const state = $state({ wide: query.matches });
query.addEventListener('change', (e) => (state.wide = e.matches));

/** Whether there is room for the office's layout. */
export const wide = (): boolean => state.wide;
