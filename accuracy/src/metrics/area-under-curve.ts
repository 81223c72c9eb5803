import { bootstrap, type Interval } from '@facegate/measurement';

/** Scores of the pictures of one subject. */
export interface ScoredSubject {
  readonly positive: readonly number[];
  readonly negative: readonly number[];
}

/** Share of pairs of a positive and a negative in which the positive scores higher; ties count half. */
export function areaUnderCurve(positive: readonly number[], negative: readonly number[]): number {
  const ranked = [
    ...positive.map((score) => ({ score, isPositive: true })),
    ...negative.map((score) => ({ score, isPositive: false })),
  ];
  ranked.sort((a, b) => a.score - b.score);
  let below = 0;
  let wins = 0;
  for (let i = 0; i < ranked.length; ) {
    let end = i;
    let [ties, tiedPositives] = [0, 0];
    for (; end < ranked.length && ranked[end]?.score === ranked[i]?.score; end++) {
      if (ranked[end]?.isPositive) tiedPositives++;
      else ties++;
    }
    wins += tiedPositives * (below + ties / 2);
    below += ties;
    i = end;
  }
  return wins / (positive.length * negative.length);
}

/** With a 95 % interval over subjects, whose pictures stand and fall together. */
export function areaBySubject(subjects: readonly ScoredSubject[]): Interval & { readonly value: number } {
  const area = (times: (index: number) => number): number => {
    const repeat = (pick: (subject: ScoredSubject) => readonly number[]): number[] =>
      subjects.flatMap((subject, index) => Array.from({ length: times(index) }, () => pick(subject)).flat());
    return areaUnderCurve(
      repeat(({ positive }) => positive),
      repeat(({ negative }) => negative),
    );
  };
  return {
    value: area(() => 1),
    ...bootstrap(subjects.length, (drawn) => area((index) => drawn[index] ?? 0)),
  };
}
