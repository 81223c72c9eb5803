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
      { ...DETECTION, turnDegrees: 0, when: 'always' },
      { ...DETECTION, turnDegrees: 0, when: 'all-faces', tiles: 2 },
      { ...DETECTION, turnDegrees: 90, when: 'fallback' },
      { ...DETECTION, turnDegrees: 270, when: 'fallback' },
      { ...DETECTION, turnDegrees: 180, when: 'fallback' },
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
        alignment: { layout: 'dlib', zoom: 1 },
        output: 'embedding',
        dimension: 128,
        mirror: true,
        share: 0.9,
      },
      {
        file: FACERES.name,
        inputSize: 224,
        colour: 'BGR',
        scale: 1,
        mean: [0, 0, 0],
        std: [1, 1, 1],
        alignment: { layout: 'arcface', zoom: 0.9 },
        output: 'embedding',
        dimension: 1024,
        mirror: false,
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
      projections: [-1.00013, 0.80295, -1.49931, 0.81685, -0.41921, 0.75733, -0.67335, 1.14802],
    },
  },
  [BLAZEFACE, FACEMESH, DLIB_RESNET, FACERES],
);
