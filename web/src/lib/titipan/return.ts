/** Calls `look` when somebody comes back to the page. Returns what stops it. */
export function onReturn(look: () => Promise<void>): () => void {
  const seen = () => document.visibilityState === 'visible' && void look();
  document.addEventListener('visibilitychange', seen);
  return () => document.removeEventListener('visibilitychange', seen);
}
