/** Model files inside our npm dependencies, and how they become ONNX. Their names are the packs' file names. */
import type { RecipeFile, RecipeSource } from './recipe.ts';

const HUMAN = 'npm:@vladmandic/human@3.3.6';
const FACE_API = 'npm:@vladmandic/face-api@1.7.15';

const humanModel = (
  name: string,
  checksums: { json: string; bin: string; licence: string },
): RecipeSource[] => [
  { origin: HUMAN, path: `models/${name}.json`, sha256: checksums.json, licence: checksums.licence },
  { origin: HUMAN, path: `models/${name}.bin`, sha256: checksums.bin, licence: checksums.licence },
];

/**
 * BlazeFace, back camera. Input `input`: RGB −1..1, [N, 3, H, W], sides multiples of 32; published for 256. For the
 * anchors of stride 16 (2 per cell) and of stride 32 (6 per cell), row by row: score logits [N, n, 1]; boxes and six key points, in px relative
 * to the cell's centre, [N, n, 16].
 */
export const BLAZEFACE: RecipeFile = {
  name: 'blazeface.onnx',
  sha256: '4e97da16b79b38669838e581bcebbec0427d0bf43888375d28dbbd03764f7082',
  bytes: 576_933,
  sources: humanModel('blazeface', {
    json: 'cd7bbfc078270572beb39f9e5ae67aadbd50b5e67cff37e6d4f6b3ea39312e5f',
    bin: 'dc9a97fdc50bc43216554bdd69aa3e7b9361a519ee7bdd996a2f69a98a6f9b72',
    licence: 'Apache-2.0 (google/mediapipe), packaged under MIT',
  }),
  conversion: {
    kind: 'tfjs-graph',
    options: {
      name: 'blazeface',
      outputs: {
        scores16: 'Identity',
        boxes16: 'Identity_2',
        scores32: 'Identity_1',
        boxes32: 'Identity_3',
      },
      anySize: true,
    },
  },
};

/**
 * MediaPipe face mesh. Input `input`: RGB 0..1, [N, 3, 192, 192]. Outputs `mesh`: 468 points as x, y, z in px of the
 * input, [N, 1404]; `face`: probability that there is a face, [N, 1].
 */
export const FACEMESH: RecipeFile = {
  name: 'facemesh.onnx',
  sha256: 'e0bfe81ff45f36cb55535576b753efd5ff48b505dee4fa6838231be16b23be44',
  bytes: 2_481_534,
  sources: humanModel('facemesh', {
    json: 'b60ca26f404724f43bd2b1575761d8265180e1f053cc0731caa68462927309e7',
    bin: '3826da640b0a3021161605369ee6af293f75d518040355b960ec71a3390c1c0b',
    licence: 'Apache-2.0 (google/mediapipe), packaged under MIT',
  }),
  conversion: {
    kind: 'tfjs-graph',
    options: { name: 'facemesh', outputs: { mesh: 'Identity_2', face: 'Identity_1' } },
  },
};

/**
 * HSE face network (MobileNet, VGGFace2). Input `input`: BGR 0..255, [N, 3, 224, 224]. Outputs `embedding`: [N, 1024],
 * not of unit length; `age`: probability of each of 100 age bins, [N, 100]; `gender`: 0 female to 1 male, [N, 1].
 */
export const FACERES: RecipeFile = {
  name: 'faceres.onnx',
  sha256: 'f9ec64baefa19aefe5f6061a57963623560cf0243b220e50c994c73ac7759c28',
  bytes: 13_945_055,
  sources: humanModel('faceres', {
    json: '5b83d49c0385d2e68a05122441b94226313677cae9fcc40b9587ad50079eb4df',
    bin: '2c7d2d62b76c97528b736527aa09d310ea71743c9e3e79fb6c62d4b2d73af79b',
    licence: 'MIT (packaged); network by HSE-asavchenko/HSE_FaceRec_tf (Apache-2.0), trained on VGGFace2',
  }),
  conversion: {
    kind: 'tfjs-graph',
    options: {
      name: 'faceres',
      outputs: { embedding: 'global_pooling/Mean', age: 'age_pred/Softmax', gender: 'gender_pred/Sigmoid' },
    },
  },
};

/**
 * Facial expression (mini Xception, FER2013). Input `input`: luminance −1..1, [N, 1, 64, 64]. Output `expression`:
 * probabilities of angry, disgust, fear, happy, sad, surprise, neutral, [N, 7].
 */
export const EXPRESSION: RecipeFile = {
  name: 'expression.onnx',
  sha256: 'b309b551f03acef3402e41cb52231f9b5384af24219795c3f0fec34c77eeb1fa',
  bytes: 823_449,
  sources: humanModel('emotion', {
    json: '56f7e557eb0c863a8b9ab04ac7ccba756e93bf2c27dce135ef0e8712b80b7ad2',
    bin: '927ac8224f356ab1e68c2bcfbfa07b0c8567047d1bcf817388ba6e38214c4987',
    licence: 'MIT (oarriaga/face_classification, trained on FER2013), packaged under MIT',
  }),
  conversion: { kind: 'tfjs-graph', options: { name: 'expression', outputs: { expression: 'Identity' } } },
};

/**
 * MediaPipe iris. Input `input`: RGB 0..1 of one eye, outer corner on the left, [N, 3, 64, 64]. Output `points`: 71 of
 * the eye's surroundings (0 to 15 its lids) and five of the iris as x, y, z in px of the input, [N, 1, 1, 228].
 */
export const IRIS: RecipeFile = {
  name: 'iris.onnx',
  sha256: '8c194d9e2c2cd99d0b021cbeb879f1a03a8e4f034c700532035e33c73d9ca1da',
  bytes: 2_688_389,
  sources: humanModel('iris', {
    json: '49038ac9dcc09aa05474d91d98e9db5b47af4830929bcf102ed5a56bfbabb465',
    bin: 'd7f296d184274213d4642681ae186112cbbec77fd2ab066257d3c56a1940bc71',
    licence: 'Apache-2.0 (google/mediapipe), packaged under MIT',
  }),
  conversion: { kind: 'tfjs-graph', options: { name: 'iris', outputs: { points: 'Identity' } } },
};

/**
 * MediaPipe selfie segmentation, the square model. Input `input`: RGB 0..1, [N, 3, 256, 256]. Output `person`:
 * probability of each pixel to show a person, [N, 256, 256, 1].
 */
export const SELFIE_SEGMENTATION: RecipeFile = {
  name: 'selfie-segmentation.onnx',
  sha256: 'bb039894e8581a598b38c9a1a7a7995c9cb43d442766ce750f356ca556d6d817',
  bytes: 439_326,
  sources: [
    {
      origin: 'npm:@mediapipe/selfie_segmentation@0.1.1675465747',
      path: 'selfie_segmentation.tflite',
      sha256: '8d13b7fae74af625c641226813616a2117bd6bca19eb3b75574621fc08557f27',
      licence: 'Apache-2.0 (google/mediapipe)',
    },
  ],
  conversion: {
    kind: 'tflite',
    options: { name: 'selfie-segmentation', outputs: { person: 'activation_10' } },
  },
};

/** dlib's face recognition ResNet: see `convert/dlib-resnet.ts`. */
export const DLIB_RESNET: RecipeFile = {
  name: 'dlib-resnet.onnx',
  sha256: '19cad9ed0bdc8b282c251e6520d1fd9517f4aba72467d3153e2225b3fa12c902',
  bytes: 22_609_677,
  sources: [
    {
      origin: FACE_API,
      path: 'model/face_recognition_model-weights_manifest.json',
      sha256: 'cbaffa501b0b9275a12b63357a6843e7e30c054e1c9151e1a5f879b26e32986b',
      licence: 'CC0-1.0 (davisking/dlib-models), packaged under MIT',
    },
    {
      origin: FACE_API,
      path: 'model/face_recognition_model.bin',
      sha256: 'b413e420d6840b2775fba32008db6f3cddb07d485967fb42cfcf379c16a8c589',
      licence: 'CC0-1.0 (davisking/dlib-models), packaged under MIT',
    },
  ],
  conversion: { kind: 'dlib-resnet' },
};
