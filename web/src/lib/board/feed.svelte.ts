import { get } from '../api/client';
import type { Problem } from '../api/problem';
import { moment } from './board';
import type { Board } from './types';

/** Where a board comes from: once as a whole, then as a stream of wholes. */
export interface Source { board: string; live: string }

const id = encodeURIComponent;
export const ofCampaign = (campaign: string): Source => ({ board: `/campaigns/${id(campaign)}/board`, live: `/campaigns/${id(campaign)}/live` });
export const ofKiosk = (token: string): Source => ({ board: `/kiosk/board?k=${id(token)}`, live: `/kiosk/live?k=${id(token)}` });

/** Silent for this long: the board is asked for as a whole. */
const SILENT = 20_000;
/** A stream that is open and says nothing for this long is opened again. */
const DEAF = 60_000;
/** Nothing heard for this long: what stands there is late, and says so. */
export const LATE = 30_000;
const WAITS = [1_000, 2_000, 5_000, 10_000];

/**
 * A board that stays right by itself for as long as the page is open: it listens, asks
 * when nothing is heard, opens the stream again when it broke, and says when it is late.
 */
export class Feed {
  board = $state.raw<Board | undefined>();
  /** Why there is nothing to show: the link is over, or nobody is logged in. */
  shut = $state<'gone' | 'login' | undefined>();
  late = $state(false);
  #source: Source;
  #stream: EventSource | undefined;
  #heard = Date.now();
  #streamed = Date.now();
  #asked = 0;
  #tries = 0;
  #ahead: number[] = [];
  #again: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(source: Source) {
    this.#source = source;
  }

  /** Starts; what it returns stops it. */
  start(): () => void {
    void this.#ask();
    this.#listen();
    const beat = setInterval(() => this.#beat(), 5_000);
    const awake = () => document.visibilityState === 'visible' && void this.#ask();
    document.addEventListener('visibilitychange', awake);
    window.addEventListener('online', awake);
    return () => {
      this.#stopped = true;
      clearInterval(beat);
      clearTimeout(this.#again);
      document.removeEventListener('visibilitychange', awake);
      window.removeEventListener('online', awake);
      this.#stream?.close();
    };
  }

  /** The office's time: this machine's clock, put right by what the office sent last. */
  now(): number {
    return Date.now() + (this.#ahead.length ? Math.max(...this.#ahead) : 0);
  }

  #take(board: Board): void {
    if (this.board && moment(board.as_of) < moment(this.board.as_of)) return;
    // The quickest of the last messages tells best how far the two clocks are apart.
    this.#ahead = [...this.#ahead.slice(-19), moment(board.as_of) - Date.now()];
    this.board = board;
    this.#heard = Date.now();
    [this.shut, this.late, this.#tries] = [undefined, false, 0];
  }

  async #ask(): Promise<void> {
    this.#asked = Date.now();
    try {
      this.#take(await get<Board>(this.#source.board));
    } catch (error) {
      const { status } = error as Problem;
      if (status === 401) this.shut = 'login';
      else if (status === 403 || status === 404 || status === 410) this.shut = 'gone';
      this.late = this.board !== undefined;
    }
  }

  #listen(): void {
    if (this.#stopped || typeof EventSource === 'undefined') return;
    this.#stream?.close();
    const stream = (this.#stream = new EventSource('/api/v1' + this.#source.live));
    this.#streamed = Date.now();
    stream.addEventListener('board', (event) => {
      this.#streamed = Date.now();
      try {
        this.#take(JSON.parse((event as MessageEvent<string>).data) as Board);
      } catch {
        // a message that cannot be read is left out; the next one tells all
      }
    });
    stream.addEventListener('error', () => {
      // While it is connecting the browser tries by itself; once closed it gave up.
      if (stream.readyState === EventSource.CLOSED && stream === this.#stream) this.#later();
    });
  }

  #later(): void {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => {
      void this.#ask();
      this.#listen();
    }, WAITS[Math.min(this.#tries++, WAITS.length - 1)]);
  }

  #beat(): void {
    const silent = Date.now() - this.#heard;
    this.late = this.board !== undefined && silent > LATE;
    if (silent > SILENT && Date.now() - this.#asked > SILENT / 2) void this.#ask();
    if (!this.late && Date.now() - this.#streamed > DEAF) this.#listen();
  }
}
