const state = $state<{ text: string; turn: number }>({ text: '', turn: 0 });
let clock: ReturnType<typeof setTimeout> | undefined;

export const toastText = (): string => state.text;

/** Says a short sentence that asks for nothing; it goes by itself. */
export function toast(text: string): void {
  state.text = text;
  state.turn++;
  clearTimeout(clock);
  clock = setTimeout(() => (state.text = ''), 6000);
}
