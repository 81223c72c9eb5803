import type { CaseResult, FaciaCalls } from './facia-calls.ts';

const LOOK_MS = 250;

/** What `/result` says once it says something; fails when that takes too long, or for any other answer. */
export async function settled(calls: FaciaCalls, reference: string, withinMs: number): Promise<CaseResult> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await calls.result(reference);
    if (answer?.status !== 200) throw new Error(`/result was answered ${answer?.status ?? 'with silence'}.`);
    const result = answer.data as CaseResult;
    if (result.status !== null) return result;
    if (performance.now() > deadline) throw new Error(`${reference} was not decided within ${withinMs} ms.`);
    await new Promise((wake) => setTimeout(wake, LOOK_MS));
  }
}
