/** The words of one group of screens: Indonesian comes along with the screen, English when it is asked for. */
export interface Group {
  id: Record<string, string>;
  en: () => Promise<{ default: Record<string, string> }>;
}

/** Names the two files of a group. */
export const group = (id: Record<string, string>, en: Group['en']): Group => ({ id, en });
