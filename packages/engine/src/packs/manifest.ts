import { type Static, Type } from 'typebox';
import type { PackSummary } from '../vocabulary/analysis.ts';
import { InjectionNetworkSchema } from './injection-network.ts';

/**
 * A model pack's manifest: every fact the engine needs to run networks it has never seen. `manifest.json` in the
 * pack's folder, beside the ONNX files it names.
 */

const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });

/** Where a file came from, so that it can be fetched, checked and credited again. */
const Source = Type.Object(
  {
    /** `npm:<package>@<version>` or a public repository `owner/name@commit`. */
    origin: Type.String(),
    /** Path inside the origin. */
    path: Type.String(),
    sha256: Sha256,
    licence: Type.String(),
  },
  { additionalProperties: false },
);

const PackFile = Type.Object(
  {
    /** File name in the pack's folder. */
    name: Type.String({ pattern: '^[a-z0-9][a-z0-9.-]*\\.onnx$' }),
    sha256: Sha256,
    bytes: Type.Integer({ minimum: 1 }),
    /** What it was made from: one entry, or several where a graph and its weights are separate files. */
    sources: Type.Array(Source),
  },
  { additionalProperties: false },
);

const Colour = Type.Union([Type.Literal('RGB'), Type.Literal('BGR')]);

/** One rung of the detection ladder: tried in order until a face is found. */
const DetectionStep = Type.Object(
  {
    network: Type.Union([Type.Literal('yunet'), Type.Literal('blazeface')]),
    file: Type.String(),
    /** Side of the square letterbox, px. */
    side: Type.Integer({ minimum: 32 }),
    /** Smallest detector score accepted on this rung, 0..1. */
    scoreMin: Type.Number({ minimum: 0, maximum: 1 }),
    /** From this score on a face counts even where the mesh network does not see it. */
    scoreCertain: Type.Number({ minimum: 0, maximum: 1 }),
    /** The picture is turned clockwise by this before the network sees it. */
    turnDegrees: Type.Union([Type.Literal(0), Type.Literal(90), Type.Literal(180), Type.Literal(270)]),
    /** `always`: on every picture; `fallback`: only after no face; `all-faces`: as `fallback`, and when all are wanted. */
    when: Type.Union([Type.Literal('always'), Type.Literal('all-faces'), Type.Literal('fallback')]),
    /** The picture is cut into a grid of tiles of this many columns and rows, overlapping by a quarter. Default 1. */
    tiles: Type.Optional(Type.Integer({ minimum: 1, maximum: 4 })),
    /**
     * Black left free around the picture on every side, as a share of `side`: a face that fills its picture looks like
     * one in a picture again. Default 0.
     */
    margin: Type.Optional(Type.Number({ minimum: 0, maximum: 0.45 })),
  },
  { additionalProperties: false },
);

const Landmarks = Type.Object(
  {
    network: Type.Literal('facemesh'),
    file: Type.String(),
    /** Side of the mesh crop as a multiple of the detector's box. */
    boxScale: Type.Number({ minimum: 1, maximum: 4 }),
  },
  { additionalProperties: false },
);

/** One recognition network. Input is float32, NCHW, one face. */
const Recogniser = Type.Object(
  {
    file: Type.String(),
    /** Side of the square chip, px. */
    inputSize: Type.Integer({ minimum: 32 }),
    colour: Colour,
    /** `(value / scale − mean) / std` per channel, in the order of `colour`, value 0..255. */
    scale: Type.Number({ exclusiveMinimum: 0 }),
    mean: Type.Tuple([Type.Number(), Type.Number(), Type.Number()]),
    std: Type.Tuple([Type.Number(), Type.Number(), Type.Number()]),
    /** Destination of the five points: see alignment/chip-layouts.ts. */
    layout: Type.Union([Type.Literal('arcface'), Type.Literal('dlib')]),
    /**
     * The chips whose vectors are added up; they run as one batch. A mirror image at another zoom costs no more than
     * one at the same, and averages out more of what alignment leaves.
     */
    crops: Type.Array(
      Type.Object(
        {
          /** Scales the face about the chip's centre; below 1 shows more of the surroundings. */
          zoom: Type.Number({ exclusiveMinimum: 0 }),
          /** Left and right exchanged. */
          mirrored: Type.Boolean(),
        },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
    /** Name of the output tensor. */
    output: Type.String(),
    dimension: Type.Integer({ minimum: 1 }),
    /** Share of this network in the fused template; all shares add up to 1. */
    share: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
  },
  { additionalProperties: false },
);

/** A network for quality, attributes, portraits and presentation attacks. What it takes and gives is fixed by its use. */
const Auxiliary = Type.Object(
  {
    use: Type.Union([
      Type.Literal('segmentation'),
      Type.Literal('description'),
      Type.Literal('expression'),
      Type.Literal('iris'),
      Type.Literal('glasses'),
      Type.Literal('pad-near'),
      Type.Literal('pad-wide'),
      Type.Literal('pad-face'),
    ]),
    file: Type.String(),
  },
  { additionalProperties: false },
);

const CalibrationTable = Type.Object(
  {
    dataset: Type.String(),
    measuredOn: Type.String(),
    nonMatedComparisons: Type.Integer({ minimum: 1 }),
    anchors: Type.Array(
      Type.Object(
        {
          falseMatchRate: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
          score: Type.Number({ minimum: -1, maximum: 1 }),
        },
        { additionalProperties: false },
      ),
      { minItems: 2 },
    ),
  },
  { additionalProperties: false },
);

/** Fingerprints of one reference picture's templates; see runtime/self-test.ts. */
const Golden = Type.Object(
  {
    /** `npm:<package>/<path>` of the reference picture. */
    picture: Type.String(),
    faces: Type.Integer({ minimum: 1 }),
    /** Projections of the central face's template on fixed directions: they reveal drift but not the template. */
    projections: Type.Array(Type.Number(), { minItems: 4 }),
  },
  { additionalProperties: false },
);

export const PackManifestSchema = Type.Object(
  {
    manifestVersion: Type.Literal(1),
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]*$' }),
    version: Type.String({ pattern: '^[0-9]+\\.[0-9]+\\.[0-9]+$' }),
    title: Type.String(),
    /** Higher is preferred when several packs are installed and none is named. */
    rank: Type.Integer(),
    files: Type.Array(PackFile, { minItems: 1 }),
    detection: Type.Array(DetectionStep, { minItems: 1 }),
    landmarks: Landmarks,
    recognition: Type.Array(Recogniser, { minItems: 1 }),
    /** Loaded when first needed. A use without a network is not assessed. */
    auxiliary: Type.Optional(Type.Array(Auxiliary)),
    /** Networks that tell manipulated faces, any number of them. */
    injection: Type.Optional(Type.Array(InjectionNetworkSchema)),
    metric: Type.Literal('cosine'),
    calibration: CalibrationTable,
    golden: Golden,
  },
  { additionalProperties: false },
);

export type PackManifest = Static<typeof PackManifestSchema>;
export type PackSource = Static<typeof Source>;
export type PackFile = Static<typeof PackFile>;
export type DetectionStep = Static<typeof DetectionStep>;
export type LandmarksSpec = Static<typeof Landmarks>;
export type AuxiliaryUse = Static<typeof Auxiliary>['use'];
export type RecogniserSpec = Static<typeof Recogniser>;

/** Dimension of the fused template. */
const templateDimension = (manifest: PackManifest): number =>
  manifest.recognition.reduce((sum, recogniser) => sum + recogniser.dimension, 0);

/** `id@version`: what every template carries. */
export const packIdOf = (manifest: PackManifest): string => `${manifest.id}@${manifest.version}`;

/** What is served, as callers see it. */
export const summaryOf = (manifest: PackManifest): PackSummary => ({
  packId: packIdOf(manifest),
  title: manifest.title,
  templateDimension: templateDimension(manifest),
});
