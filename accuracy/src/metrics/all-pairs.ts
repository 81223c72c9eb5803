import type { Sample } from '../datasets/dataset.ts';

/** Scores −1..1 are counted in bins of about 3·10⁻⁵, far finer than any threshold is stated. */
const BINS = 65_536;

const binOf = (score: number): number =>
  Math.min(BINS - 1, Math.max(0, Math.floor(((score + 1) / 2) * BINS)));

/** Lower edge of a bin. */
const edgeOf = (bin: number): number => (bin / BINS) * 2 - 1;

export interface MatedScore {
  readonly subject: string;
  readonly score: number;
}

/** Every comparison of every two pictures of a set. */
export class ScoreSheet {
  readonly mated: MatedScore[] = [];
  readonly #nonMated = new Float64Array(BINS);
  nonMatedCount = 0;

  add(score: number, pair: { readonly subject: string; readonly mated: boolean }): void {
    if (pair.mated) {
      this.mated.push({ subject: pair.subject, score });
    } else {
      this.#nonMated[binOf(score)] = (this.#nonMated[binOf(score)] ?? 0) + 1;
      this.nonMatedCount += 1;
    }
  }

  /** The lowest score at which at most this share of non-mated comparisons is accepted. */
  thresholdAt(falseMatchRate: number): number {
    const allowed = falseMatchRate * this.nonMatedCount;
    let accepted = 0;
    for (let bin = BINS - 1; bin >= 0; bin--) {
      accepted += this.#nonMated[bin] ?? 0;
      if (accepted > allowed) return edgeOf(bin + 1);
    }
    return -1;
  }

  falseMatchRateAt(threshold: number): number {
    let accepted = 0;
    for (let bin = BINS - 1; bin >= binOf(threshold); bin--) accepted += this.#nonMated[bin] ?? 0;
    return accepted / this.nonMatedCount;
  }
}

export interface Extracted {
  readonly sample: Sample;
  readonly values: Float32Array;
}

/** Compares every two templates once. Quadratic: 5,000 pictures of 1,152 numbers take some twenty seconds. */
export function compareAllPairs(extracted: readonly Extracted[]): ScoreSheet {
  const sheet = new ScoreSheet();
  extracted.forEach((probe, index) => {
    for (const reference of extracted.slice(index + 1)) {
      const mated = probe.sample.subject === reference.sample.subject;
      sheet.add(cosine(probe.values, reference.values), { subject: probe.sample.subject, mated });
    }
  });
  return sheet;
}

/** Dot product of unit vectors in four running sums: three times as fast as one. */
function cosine(a: Float32Array, b: Float32Array): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let i = 0; i < a.length; i += 4) {
    first += (a[i] ?? 0) * (b[i] ?? 0);
    second += (a[i + 1] ?? 0) * (b[i + 1] ?? 0);
    third += (a[i + 2] ?? 0) * (b[i + 2] ?? 0);
    fourth += (a[i + 3] ?? 0) * (b[i + 3] ?? 0);
  }
  return first + second + third + fourth;
}
