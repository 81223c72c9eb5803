/** A labelled picture. */
export interface Sample {
  /** Unique within the data set. */
  readonly id: string;
  readonly file: string;
  readonly subject: string;
}

/** A comparison that the data set's own protocol lists. */
export interface LabelledPair {
  readonly probe: string;
  readonly reference: string;
  readonly mated: boolean;
}

export interface Dataset {
  readonly name: string;
  readonly samples: readonly Sample[];
  /** Empty where every pair of pictures is compared instead. */
  readonly protocol: readonly LabelledPair[];
}

/** Every so manyth picture; pairs are left out. */
export const thinned = ({ name, samples }: Dataset, step: number): Dataset => ({
  name,
  samples: samples.filter((_, index) => index % step === step - 1),
  protocol: [],
});
