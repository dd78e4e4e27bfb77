import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Feed, LATE, ofKiosk } from './feed.svelte';

class Stream extends EventTarget {
  static CLOSED = 2;
  static all: Stream[] = [];
  readyState = 1;
  closed = false;
  constructor(readonly url: string) {
    super();
    Stream.all.push(this);
  }
  close() {
    this.closed = true;
    this.readyState = Stream.CLOSED;
  }
  say(text: string) {
    this.dispatchEvent(new MessageEvent('board', { data: text }));
  }
  fail() {
    this.readyState = Stream.CLOSED;
    this.dispatchEvent(new Event('error'));
  }
}
const boardAt = (ms: number, registered: number) => ({ as_of: new Date(ms).toISOString(), registered, campaign: { state: 'open' } });
let answer: () => Response | Promise<Response>;
let asked: string[] = [];

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-21T02:00:00Z') });
  [Stream.all, asked] = [[], []];
  answer = () => Promise.reject(new TypeError('net'));
  vi.stubGlobal('EventSource', Stream);
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url);
    return answer();
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('the stream of a board', () => {
  it('asks and listens with the token of its screen', async () => {
    answer = () => Response.json(boardAt(Date.now(), 3));
    const feed = new Feed(ofKiosk('a/b'));
    const stop = feed.start();
    await vi.advanceTimersByTimeAsync(10);
    expect(asked).toEqual(['/api/v1/kiosk/board?k=a%2Fb']);
    expect(Stream.all[0]!.url).toBe('/api/v1/kiosk/live?k=a%2Fb');
    expect(feed.board?.registered).toBe(3);
    stop();
    expect(Stream.all[0]!.closed).toBe(true);
  });
  it('takes the newest, never an older one, and leaves out what it cannot read', async () => {
    const feed = new Feed(ofKiosk('k'));
    const stop = feed.start();
    const [stream] = Stream.all;
    stream!.say(JSON.stringify(boardAt(Date.now(), 5)));
    stream!.say(JSON.stringify(boardAt(Date.now() - 1000, 4)));
    stream!.say('{');
    expect(feed.board?.registered).toBe(5);
    stop();
  });
  it('opens again when it broke, waiting longer each time, and at once well when it is back', async () => {
    const feed = new Feed(ofKiosk('k'));
    const stop = feed.start();
    Stream.all[0]!.fail();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(Stream.all).toHaveLength(2);
    Stream.all[1]!.fail();
    await vi.advanceTimersByTimeAsync(1_500);
    expect(Stream.all).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(500);
    expect(Stream.all).toHaveLength(3);
    Stream.all[2]!.say(JSON.stringify(boardAt(Date.now(), 1)));
    Stream.all[2]!.fail();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(Stream.all).toHaveLength(4);
    stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(Stream.all).toHaveLength(4);
  });
  it('is late after half a minute of silence, asks meanwhile, and is not when an answer comes', async () => {
    const feed = new Feed(ofKiosk('k'));
    const stop = feed.start();
    Stream.all[0]!.say(JSON.stringify(boardAt(Date.now(), 1)));
    await vi.advanceTimersByTimeAsync(LATE + 6_000);
    expect(feed.late).toBe(true);
    expect(asked.length).toBeGreaterThan(1);
    answer = () => Response.json(boardAt(Date.now(), 2));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(feed.late).toBe(false);
    expect(feed.board?.registered).toBe(2);
    stop();
  });
  it('says whether the link is over or nobody is logged in', async () => {
    for (const [status, why] of [[404, 'gone'], [403, 'gone'], [401, 'login']] as const) {
      answer = () => Response.json({ code: 'x' }, { status });
      const feed = new Feed(ofKiosk('k'));
      const stop = feed.start();
      await vi.advanceTimersByTimeAsync(10);
      expect(feed.shut).toBe(why);
      stop();
    }
  });
  it('tells the office’s time, also on a machine whose clock is wrong', () => {
    const feed = new Feed(ofKiosk('k'));
    const stop = feed.start();
    Stream.all[0]!.say(JSON.stringify(boardAt(Date.now() + 300_000, 1)));
    expect(feed.now() - Date.now()).toBe(300_000);
    stop();
  });
});
