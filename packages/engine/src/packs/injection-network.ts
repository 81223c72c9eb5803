import { type Static, Type } from 'typebox';

/** No network has earned more than odds of 50 to 1, as none of our own signals has. */
const LOG_RATIO_MAX = 3.912;

const Triple = Type.Tuple([Type.Number(), Type.Number(), Type.Number()]);
const Closed = { additionalProperties: false };

/** A square around the middle of the face's box; what lies outside the picture is black. */
const BoxCrop = Type.Object(
  {
    around: Type.Literal('box'),
    /** Side of the square, in longer sides of the box around the mesh. */
    boxScale: Type.Number({ minimum: 0.5, maximum: 8 }),
  },
  Closed,
);

/** The face turned and scaled so that its five points lie as in a recogniser's chip. */
const AlignedCrop = Type.Object(
  {
    around: Type.Literal('points'),
    layout: Type.Union([Type.Literal('arcface'), Type.Literal('dlib')]),
    /** Scales the face about the chip's centre; below 1 shows more of the surroundings. */
    zoom: Type.Number({ minimum: 0.1, maximum: 4 }),
  },
  Closed,
);

/** One face: float32, batch of 1. */
const NetworkInput = Type.Object(
  {
    /** Of the square, px. */
    side: Type.Integer({ minimum: 16, maximum: 1024 }),
    layout: Type.Union([Type.Literal('NCHW'), Type.Literal('NHWC')]),
    colour: Type.Union([Type.Literal('RGB'), Type.Literal('BGR')]),
    /** `(value / scale − mean) / std` per channel, in the order of `colour`, value 0..255. */
    scale: Type.Number({ exclusiveMinimum: 0 }),
    mean: Triple,
    std: Triple,
    crop: Type.Union([BoxCrop, AlignedCrop]),
  },
  Closed,
);

const NetworkOutput = Type.Object(
  {
    /** Of the output tensor. */
    name: Type.String(),
    /** Which of its values, in row-major order, counted from 0. */
    index: Type.Integer({ minimum: 0 }),
    meaning: Type.Union([Type.Literal('logit'), Type.Literal('probability')]),
    /** What a high value speaks for. */
    of: Type.Union([Type.Literal('manipulated'), Type.Literal('genuine')]),
    /** Of logits of two classes: the value of the other class, taken off. */
    against: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  Closed,
);

/** From the network's log-odds of a manipulation to a log-likelihood ratio: `slope · logOdds + bias`, bounded. */
const NetworkCalibration = Type.Object(
  {
    /** What it was fitted on; never what the network was trained on. */
    dataset: Type.String({ minLength: 1 }),
    /** ISO date. */
    measuredOn: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }),
    /** Faces of each kind. */
    genuine: Type.Integer({ minimum: 1 }),
    manipulated: Type.Integer({ minimum: 1 }),
    slope: Type.Number({ exclusiveMinimum: 0 }),
    bias: Type.Number(),
    /** What the network may add or take off at most, in natural logarithms of odds. */
    logRatioMax: Type.Number({ exclusiveMinimum: 0, maximum: LOG_RATIO_MAX }),
  },
  Closed,
);

/** A network that tells manipulated faces; without a calibration its word is reported and counts for nothing. */
export const InjectionNetworkSchema = Type.Object(
  {
    /** Its evidence is called `network:` and this. */
    name: Type.String({ pattern: '^[a-z0-9][a-z0-9-]*$' }),
    file: Type.String(),
    input: NetworkInput,
    output: NetworkOutput,
    calibration: Type.Optional(NetworkCalibration),
  },
  Closed,
);

export type InjectionNetworkSpec = Static<typeof InjectionNetworkSchema>;

/** What a schema cannot say of them. @returns one sentence per fault. */
export function faultsOf(networks: readonly InjectionNetworkSpec[]): string[] {
  const names = networks.map(({ name }) => name);
  return [
    ...(new Set(names).size < names.length ? ['/injection names a network twice'] : []),
    ...networks.flatMap(({ name, output, input }) => [
      ...(output.against !== undefined && output.meaning !== 'logit'
        ? [`/injection ${name}: only logits have something against them`]
        : []),
      ...(output.against === output.index ? [`/injection ${name}: a value is against itself`] : []),
      ...(input.std.includes(0) ? [`/injection ${name}: no deviation may be 0`] : []),
    ]),
  ];
}
