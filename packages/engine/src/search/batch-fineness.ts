import type { DigitCount } from './probe-digits.ts';

/** Vectors of more values lie closer together than the upper digits tell apart. */
const COARSE_PADDED_MAX = 256;
/** Searches after which there is a verdict. */
const SEARCHES_JUDGED = 64;
/** A further pass costs about seven times what leaving a digit out saves. */
const UNCERTAIN_SHARE_MAX = 1 / 16;

/**
 * How finely batches look at their probes. The upper digits alone are multiplied in two thirds of the time, and bound
 * scores less closely: where too many answers take a further pass for it, as with templates that crowd, both digits are
 * used from then on.
 */
export class BatchFineness {
  #digits: DigitCount;
  #searches = 0;
  #uncertain = 0;

  /** @param padded  values of a row, as stored. */
  constructor(padded: number) {
    this.#digits = padded <= COARSE_PADDED_MAX ? 1 : 2;
  }

  get digits(): DigitCount {
    return this.#digits;
  }

  /** Told of each search that was one of a batch with the upper digits alone. */
  judge(isCertain: boolean): void {
    this.#searches += 1;
    if (!isCertain) this.#uncertain += 1;
    if (this.#searches < SEARCHES_JUDGED) return;
    if (this.#uncertain > UNCERTAIN_SHARE_MAX * this.#searches) this.#digits = 2;
    this.#searches = 0;
    this.#uncertain = 0;
  }
}
