/** The pack every fresh clone has: made from model files inside npm dependencies. */
import { BLAZEFACE, DLIB_RESNET, FACEMESH, FACERES } from './npm-models.data.ts';
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
    title: 'Core: BlazeFace, face mesh, dlib ResNet with HSE MobileNet',
    rank: 10,
    detection: [
      { ...DETECTION, side: 160, turnDegrees: 0, when: 'always' },
      { ...DETECTION, side: 256, turnDegrees: 0, when: 'all-faces' },
      { ...DETECTION, side: 256, turnDegrees: 0, when: 'all-faces', tiles: 2 },
      { ...DETECTION, side: 256, turnDegrees: 90, when: 'fallback' },
      { ...DETECTION, side: 256, turnDegrees: 270, when: 'fallback' },
      { ...DETECTION, side: 256, turnDegrees: 180, when: 'fallback' },
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
          { zoom: 1, mirrored: false },
          { zoom: 1.06, mirrored: true },
        ],
        output: 'embedding',
        dimension: 128,
        share: 0.9,
      },
      {
        file: FACERES.name,
        inputSize: 224,
        colour: 'BGR',
        scale: 1,
        mean: [0, 0, 0],
        std: [1, 1, 1],
        layout: 'arcface',
        crops: [{ zoom: 0.9, mirrored: false }],
        output: 'embedding',
        dimension: 1024,
        share: 0.1,
      },
    ],
    calibration: {
      dataset: 'LFW View 1, every pair of its 4,992 pictures',
      measuredOn: '2026-11-21',
      nonMatedComparisons: 12_444_366,
      anchors: [
        { falseMatchRate: 1e-1, score: 0.8388 },
        { falseMatchRate: 1e-2, score: 0.8705 },
        { falseMatchRate: 1e-3, score: 0.8915 },
        { falseMatchRate: 1e-4, score: 0.9078 },
        { falseMatchRate: 1e-5, score: 0.9215 },
      ],
    },
    golden: {
      picture: 'npm:@vladmandic/face-api/demo/sample1.jpg',
      faces: 3,
      projections: [-0.75373, 0.49957, -1.2349, 1.78155, -0.78707, 1.40132, -0.53058, 1.37686],
    },
  },
  [BLAZEFACE, FACEMESH, DLIB_RESNET, FACERES],
);
