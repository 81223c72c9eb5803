import type { CaseResult, FaciaCalls } from './facia-calls.ts';

const LOOK_MS = 250;
/** After the one before it: the lease of a worker that died, and some work. */
const SETTLED_WITHIN_MS = 45_000;

const pause = (ms: number) => new Promise((wake) => setTimeout(wake, ms));

/** Remembers the references that a server has answered with, and what it said of them. */
export class CaseWitness {
  readonly #references: string[] = [];
  readonly #told = new Map<string, string>();
  readonly #photo: Uint8Array;

  constructor(photo: Uint8Array) {
    this.#photo = photo;
  }

  get submitted(): number {
    return this.#references.length;
  }

  /** Submits a picture after a moment, unless the server no longer answers. */
  async submit(calls: FaciaCalls, afterMs: number): Promise<void> {
    await pause(afterMs);
    const answer = await calls.submit(this.#photo);
    // A store that was killed first refuses: whether it was done is open, and nothing was promised.
    if (answer === undefined || answer.status === 503) return;
    if (answer.status !== 200) throw new Error(`A submission was answered ${answer.status}.`);
    this.#references.push((answer.data as { reference_id: string }).reference_id);
  }

  /** What is wrong once all have had their time; empty when each reference has one result, and always the same. */
  async settle(calls: FaciaCalls): Promise<string[]> {
    const problems: string[] = [];
    for (const reference of this.#references) {
      problems.push(...(await this.#settleOne(calls, reference)));
    }
    for (const reference of this.#references) problems.push(...(await this.#lookAt(calls, reference)));
    return problems;
  }

  async #settleOne(calls: FaciaCalls, reference: string): Promise<string[]> {
    const deadline = performance.now() + SETTLED_WITHIN_MS;
    for (;;) {
      const problems = await this.#lookAt(calls, reference);
      if (problems.length > 0 || this.#told.has(reference)) return problems;
      if (performance.now() > deadline) return [`${reference} was never decided`];
      await pause(LOOK_MS);
    }
  }

  async #lookAt(calls: FaciaCalls, reference: string): Promise<string[]> {
    const answer = await calls.result(reference);
    if (answer?.status !== 200) return [`${reference} is answered ${answer?.status ?? 'with silence'}`];
    const { status, deepfake_score, decline_code } = answer.data as CaseResult;
    if (status === null) return [];
    const now = JSON.stringify({ status, deepfake_score, decline_code });
    const before = this.#told.get(reference) ?? now;
    this.#told.set(reference, now);
    return before === now ? [] : [`${reference} was ${before} and is ${now}`];
  }
}
