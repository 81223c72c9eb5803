import type { Readable } from 'node:stream';

/** The filter that tells of every decoded frame, on the fourth descriptor, before any is left out. */
export const TELL_FRAMES = "metadata=mode=add:key=seen:value=1,metadata=mode=print:file='pipe\\:3':direct=1";

/** Times of all frames that FFmpeg has decoded so far, as they come. Always read, so that FFmpeg never waits for it. */
export class FrameTimes {
  readonly #seconds: number[] = [];
  readonly #ended: Promise<void>;
  #line = '';
  #wake: () => void = () => {};

  constructor(side: Readable) {
    side.setEncoding('latin1');
    side.on('data', (text: string) => this.#read(text));
    this.#ended = new Promise((resolve) => side.once('close', resolve));
  }

  /** The time of a frame by its position, s; waits until it has been told. Undefined when it never was. */
  async at(position: number): Promise<number | undefined> {
    let hasEnded = false;
    const ended = this.#ended.then(() => {
      hasEnded = true;
    });
    while (this.#seconds[position] === undefined && !hasEnded) {
      const told = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      await Promise.race([told, ended]);
    }
    return this.#seconds[position];
  }

  /** All of them, once FFmpeg has ended. */
  async all(): Promise<readonly number[]> {
    await this.#ended;
    return this.#seconds;
  }

  #read(text: string): void {
    const lines = (this.#line + text).split('\n');
    this.#line = lines.pop() ?? '';
    for (const line of lines) {
      const told = /^frame:\d+ .*pts_time:(-?[\d.]+)/.exec(line);
      if (told) this.#seconds.push(Number(told[1]));
    }
    this.#wake();
  }
}
