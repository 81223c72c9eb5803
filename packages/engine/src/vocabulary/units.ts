/** Quantities that are easy to swap carry a brand, so that the compiler refuses an angle where a score is due. */
type Branded<Name extends string> = number & { readonly __unit: Name };

/** An angle in degrees. */
export type Degrees = Branded<'degrees'>;

/** A comparison score: cosine of two templates of one pack, −1..1, higher is more alike. Not comparable across packs. */
export type ComparisonScore = Branded<'comparison-score'>;

/** A false match rate, 0..1: the share of non-mated comparisons that score at least as high. */
export type FalseMatchRate = Branded<'false-match-rate'>;

export const degrees = (value: number): Degrees => value as Degrees;
export const comparisonScore = (value: number): ComparisonScore => value as ComparisonScore;
export const falseMatchRate = (value: number): FalseMatchRate => value as FalseMatchRate;
