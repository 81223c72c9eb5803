/** The pack every fresh clone has: made from model files inside npm dependencies. */
import {
  BLAZEFACE,
  DLIB_RESNET,
  EXPRESSION,
  FACEMESH,
  FACERES,
  IRIS,
  SELFIE_SEGMENTATION,
} from './npm-models.data.ts';
import { definePack } from './recipe.ts';

const DETECTION = {
  network: 'blazeface',
  file: BLAZEFACE.name,
  side: 256,
  scoreMin: 0.5,
  scoreCertain: 0.8,
} as const;

export const CORE_PACK = definePack(
  {
    id: 'core',
    version: '1.0.0',
    title: 'Core: BlazeFace, face mesh, dlib ResNet',
    rank: 10,
    detection: [
      { ...DETECTION, side: 160, turnDegrees: 0, when: 'always' },
      { ...DETECTION, side: 256, turnDegrees: 0, when: 'all-faces' },
      { ...DETECTION, side: 256, turnDegrees: 0, when: 'all-faces', tiles: 2 },
      { ...DETECTION, side: 256, turnDegrees: 90, when: 'fallback' },
      { ...DETECTION, side: 256, turnDegrees: 270, when: 'fallback' },
      { ...DETECTION, side: 256, turnDegrees: 180, when: 'fallback' },
      // Masked faces cut out tightly. Below 0.65 it takes things for faces.
      { ...DETECTION, side: 256, scoreMin: 0.65, turnDegrees: 0, when: 'fallback', margin: 0.333 },
    ],
    landmarks: { network: 'facemesh', file: FACEMESH.name, boxScale: 1.5 },
    recognition: [
      {
        file: DLIB_RESNET.name,
        inputSize: 150,
        colour: 'RGB',
        // The network's own normalisation is inside the graph.
        scale: 1,
        mean: [0, 0, 0],
        std: [1, 1, 1],
        layout: 'dlib',
        crops: [
          { zoom: 1.05, mirrored: false },
          { zoom: 1, mirrored: true },
        ],
        output: 'embedding',
        dimension: 128,
        share: 1,
      },
    ],
    auxiliary: [
      { use: 'segmentation', file: SELFIE_SEGMENTATION.name },
      { use: 'description', file: FACERES.name },
      { use: 'expression', file: EXPRESSION.name },
      { use: 'iris', file: IRIS.name },
    ],
    calibration: {
      dataset: 'LFW View 1, every pair of its pictures',
      measuredOn: '2026-11-21',
      nonMatedComparisons: 12_449_353,
      anchors: [
        { falseMatchRate: 1e-1, score: 0.8829 },
        { falseMatchRate: 1e-2, score: 0.9114 },
        { falseMatchRate: 1e-3, score: 0.9295 },
        { falseMatchRate: 1e-4, score: 0.9434 },
        { falseMatchRate: 1e-5, score: 0.9538 },
      ],
    },
    golden: {
      picture: 'npm:@vladmandic/face-api/demo/sample1.jpg',
      faces: 3,
      projections: [-0.79132, 0.3571, -1.46956, 1.58646, -0.24608, 0.73185, -0.55713, 1.12042],
    },
  },
  [BLAZEFACE, FACEMESH, DLIB_RESNET, SELFIE_SEGMENTATION, FACERES, EXPRESSION, IRIS],
);
