/** Like templates of real faces in what matters to a search; see {@link syntheticTemplates}. */
export interface SyntheticTemplates {
  readonly dimension: number;
  /** Templates `from` to `to` behind one another. */
  slice(from: number, to: number): Float32Array;
  /** Another template of the person whose template `row` is. */
  mated(row: number): Float32Array;
  /** A template of somebody who is not among them. */
  nonMated(number: number): Float32Array;
}

/** Two templates of one person score 1 / (1 + this), about 0.57, on average. */
const NOISE = 0.754;
const TEMPLATES_PER_PERSON = 2;
const STRANGERS_FROM = 1 << 28;
const PROBE_SAMPLE = 7;

/**
 * Templates drawn from their number alone, so that no set has to be kept: a person is a direction, a template that
 * direction and noise, both with a spectrum that falls by a power, as embeddings' do. The exponents give an effective
 * dimension of 282 of 512 and 113 of 128. Synthetic: says nothing about how well faces are told apart.
 */
export function syntheticTemplates(dimension: number): SyntheticTemplates {
  const exponent = dimension >= 256 ? 0.5 : 0.3;
  const spectrum = Float64Array.from({ length: dimension }, (_, i) => (i + 1) ** (-exponent / 2));
  shuffle(spectrum);
  const person = new Float64Array(dimension);
  const noise = new Float64Array(dimension);
  let drawnPerson = -1;
  const draw = (number: number, sample: number, into: Float32Array, at: number): void => {
    if (drawnPerson !== number) direction(number, spectrum, person);
    drawnPerson = number;
    direction((number ^ Math.imul(sample + 1, 0x5bd1e995)) >>> 0, spectrum, noise);
    let squared = 0;
    for (let i = 0; i < dimension; i++) {
      const value = (person[i] ?? 0) + (noise[i] ?? 0) * Math.sqrt(NOISE);
      into[at + i] = value;
      squared += value * value;
    }
    const scale = 1 / Math.sqrt(squared);
    for (let i = 0; i < dimension; i++) into[at + i] = (into[at + i] ?? 0) * scale;
  };
  const one = (number: number, sample: number): Float32Array => {
    const values = new Float32Array(dimension);
    draw(number, sample, values, 0);
    return values;
  };
  return {
    dimension,
    slice: (from, to) => {
      const values = new Float32Array((to - from) * dimension);
      for (let row = from; row < to; row++) {
        const sample = row % TEMPLATES_PER_PERSON;
        draw(Math.floor(row / TEMPLATES_PER_PERSON), sample, values, (row - from) * dimension);
      }
      return values;
    },
    mated: (row) => one(Math.floor(row / TEMPLATES_PER_PERSON), PROBE_SAMPLE),
    nonMated: (number) => one(STRANGERS_FROM + number, PROBE_SAMPLE),
  };
}

/** A direction of unit length, about normally distributed: each value is the sum of four bytes. */
function direction(seed: number, spectrum: Float64Array, into: Float64Array): void {
  let state = (Math.imul(seed + 1, 0x9e3779b1) ^ 0x2545f491) | 1;
  let squared = 0;
  for (let i = 0; i < into.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const mixed = Math.imul(state, 0x2c1b3c6d);
    const sum = (mixed & 255) + ((mixed >>> 8) & 255) + ((mixed >>> 16) & 255) + (mixed >>> 24);
    const value = (sum - 510) * (spectrum[i] ?? 0);
    into[i] = value;
    squared += value * value;
  }
  const scale = 1 / Math.sqrt(squared);
  for (let i = 0; i < into.length; i++) into[i] = (into[i] ?? 0) * scale;
}

/** In an order of its own, the same each time: networks do not sort their outputs. */
function shuffle(values: Float64Array): void {
  let state = 12_345;
  for (let i = values.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const j = state % (i + 1);
    [values[i], values[j]] = [values[j] ?? 0, values[i] ?? 0];
  }
}
