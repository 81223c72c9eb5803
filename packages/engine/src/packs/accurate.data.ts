/** The stronger pack: public model files pinned to a commit, with the face mesh of an npm dependency. */
import { EXPRESSION, FACEMESH, FACERES, IRIS, SELFIE_SEGMENTATION } from './npm-models.data.ts';
import { definePack, type RecipeFile } from './recipe.ts';

const YUNET_STRIDES = [8, 16, 32];
/** Values per cell: class and object scores, box, five points. */
const YUNET_HEADS = { cls: 1, obj: 1, bbox: 4, kps: 10 };

/**
 * YuNet 2023-03, freed of its fixed 640 px. Input `input`: BGR 0..255, [1, 3, H, W], sides multiples of 32. Outputs
 * `cls_s`, `obj_s`, `bbox_s`, `kps_s` for the strides s: cells row by row, [1, cells, values].
 */
const YUNET: RecipeFile = {
  name: 'yunet.onnx',
  sha256: '00bf57cf948ecdc89e522966a677cfdf4463455c6b7c68c5597980c3ba6187a7',
  bytes: 229_725,
  sources: [
    {
      origin: 'VietAnh954/face-antispoof-onnx@b5724af4f4cb336695e81653634e3f354b52f5c1',
      path: 'models/detector.onnx',
      localName: 'yunet-2023mar.onnx',
      sha256: '8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4',
      licence: 'MIT (opencv/opencv_zoo, face_detection_yunet_2023mar.onnx, the same bytes)',
    },
  ],
  conversion: {
    kind: 'onnx-patch',
    patch: {
      ports: [
        { name: 'input', dims: [1, 3, 'H', 'W'] },
        ...Object.entries(YUNET_HEADS).flatMap(([head, values]) =>
          YUNET_STRIDES.map((stride) => ({ name: `${head}_${stride}`, dims: [1, `cells${stride}`, values] })),
        ),
      ],
    },
  },
};

/** MobileFaceNet by foamliu, freed of its batch of one. Output `output0`: [N, 128], not of unit length. */
const MOBILEFACENET: RecipeFile = {
  name: 'mobilefacenet.onnx',
  sha256: 'ada25a2c0241171ce1637ae32e318e92325849f7f73125bdea00a3dc58fd9c7c',
  bytes: 3_998_072,
  sources: [
    {
      origin: 'foamliu/MobileFaceNet@a6cc9032a659b615f477833e1a70b5e7931bcccc',
      path: 'weights/MobileFaceNet.onnx',
      localName: 'mobilefacenet-foamliu.onnx',
      sha256: 'b7120c095d60094f28a4a54ba6a8bf51b297a6273fb40ef6350dfec1f63d9507',
      licence: 'Apache-2.0 (trained on MS1M-refined)',
    },
  ],
  conversion: {
    kind: 'onnx-patch',
    patch: {
      ports: [
        { name: 'input0', dims: ['N', 3, 112, 112] },
        { name: 'output0', dims: ['N', 128] },
      ],
      keepsBatch: true,
    },
  },
};

/**
 * Glasses or none, a small MobileNet. Input `input`: RGB 0..255, [N, 3, 64, 128], from the brows to the tip of the nose
 * and a third of the brows' width beyond them on either side, stretched to fit. Output `bare`: log-odds of no glasses,
 * [N, 1].
 */
const GLASSES: RecipeFile = {
  name: 'glasses.onnx',
  sha256: '4fe137f9d252ed396175bab4ceecfabc2776e1b1ca65a83ed9adb5a1010e87b5',
  bytes: 4_066_752,
  sources: [
    {
      origin: 'SlinkoIgor/glasses_detector@56af647c9bfcb54f5b1a4ebd9a24a690dde14698',
      path: 'weights/fp16_model.tflite',
      localName: 'glasses-fp16.tflite',
      sha256: '750b4fb4fe20643258be6e291361874393926a89f7fdd67414c96e42f69c8297',
      licence: 'Apache-2.0',
    },
  ],
  conversion: { kind: 'tflite', options: { name: 'glasses', outputs: { bare: 'Identity' } } },
};

const MINIVISION = 'minivision-ai/Silent-Face-Anti-Spoofing@b6d5f04ad78778917853b25c778acef6d5626d15';

/** MiniFASNet V2, for the face with its near surroundings; see `convert/minifasnet.ts`. */
const NEAR_PAD: RecipeFile = {
  name: 'minifasnet-v2.onnx',
  sha256: '50a5fb147ceaa5e2588bdf4f6620bea3e99dabea53792d06c7f2470cc8a212f0',
  bytes: 1_847_142,
  sources: [
    {
      origin: MINIVISION,
      path: 'resources/anti_spoof_models/2.7_80x80_MiniFASNetV2.pth',
      localName: 'minifasnet-v2-2.7_80x80.pth',
      sha256: 'a5eb02e1843f19b5386b953cc4c9f011c3f985d0ee2bb9819eea9a142099bec0',
      licence: 'Apache-2.0 (training data not public)',
    },
  ],
  conversion: { kind: 'minifasnet' },
};

/** MiniFASNet V1SE, for the face with its wide surroundings. */
const WIDE_PAD: RecipeFile = {
  name: 'minifasnet-v1se.onnx',
  sha256: 'b6d4aecc60f2e51c5ebc383cb27db7da431ad2727fa019eac487ed431c824ae7',
  bytes: 1_857_085,
  sources: [
    {
      origin: MINIVISION,
      path: 'resources/anti_spoof_models/4_0_0_80x80_MiniFASNetV1SE.pth',
      localName: 'minifasnet-v1se-4.0_80x80.pth',
      sha256: '84ee1d37d96894d5e82de5a57df044ef80a58be2b218b5ed7cdfd875ec2f5990',
      licence: 'Apache-2.0 (training data not public)',
    },
  ],
  conversion: { kind: 'minifasnet' },
};

/**
 * Presentation attacks by the face alone. Input `input`: RGB 0..1, [N, 3, 128, 128], one and a half times the face's
 * longer side, mirrored where it leaves the picture. Output `output`: logits of bona fide and attack, [N, 2].
 */
const FACE_PAD: RecipeFile = {
  name: 'face-antispoof.onnx',
  sha256: 'a177f6c0bdc50c0843f2d826ca41c5ab18b356327fd45410a84b3fe9482361cc',
  bytes: 2_035_992,
  sources: [
    {
      origin: 'VietAnh954/face-antispoof-onnx@b5724af4f4cb336695e81653634e3f354b52f5c1',
      path: 'models/best/98.20/best_model.onnx',
      localName: 'face-antispoof-98.20.onnx',
      sha256: 'af2381b88f38769222ed93379e12444e2a50814575de1c46170de570c55a42b6',
      licence: 'Apache-2.0 (trained on CelebA-Spoof)',
    },
  ],
  conversion: {
    kind: 'onnx-graph',
    ports: {
      inputs: [{ name: 'input', dims: ['N', 3, 128, 128] }],
      outputs: [{ name: 'output', dims: ['N', 2] }],
    },
  },
};

const DETECTION = { network: 'yunet', file: YUNET.name, scoreMin: 0.6, scoreCertain: 0.82 } as const;
export const ACCURATE_PACK = definePack(
  {
    id: 'accurate',
    version: '1.0.0',
    title: 'Accurate: YuNet, face mesh, MobileFaceNet',
    rank: 20,
    detection: [
      { ...DETECTION, side: 192, turnDegrees: 0, when: 'always' },
      { ...DETECTION, side: 320, turnDegrees: 0, when: 'all-faces' },
      { ...DETECTION, side: 640, turnDegrees: 0, when: 'all-faces' },
      { ...DETECTION, side: 128, turnDegrees: 0, when: 'fallback' },
      { ...DETECTION, side: 320, turnDegrees: 90, when: 'fallback' },
      { ...DETECTION, side: 320, turnDegrees: 270, when: 'fallback' },
      { ...DETECTION, side: 320, turnDegrees: 180, when: 'fallback' },
    ],
    landmarks: { network: 'facemesh', file: FACEMESH.name, boxScale: 1.35 },
    recognition: [
      {
        file: MOBILEFACENET.name,
        inputSize: 112,
        colour: 'RGB',
        scale: 255,
        // The means and deviations of ImageNet, which the network was trained with.
        mean: [0.485, 0.456, 0.406],
        std: [0.229, 0.224, 0.225],
        layout: 'arcface',
        crops: [
          { zoom: 1, mirrored: false },
          { zoom: 1.1, mirrored: true },
        ],
        output: 'output0',
        dimension: 128,
        share: 1,
      },
    ],
    auxiliary: [
      { use: 'segmentation', file: SELFIE_SEGMENTATION.name },
      { use: 'glasses', file: GLASSES.name },
      { use: 'description', file: FACERES.name },
      { use: 'expression', file: EXPRESSION.name },
      { use: 'iris', file: IRIS.name },
      { use: 'pad-near', file: NEAR_PAD.name },
      { use: 'pad-wide', file: WIDE_PAD.name },
      { use: 'pad-face', file: FACE_PAD.name },
    ],
    calibration: {
      dataset: 'LFW View 1, every pair of its pictures',
      measuredOn: '2026-11-21',
      nonMatedComparisons: 12_454_344,
      anchors: [
        { falseMatchRate: 1e-1, score: 0.1424 },
        { falseMatchRate: 1e-2, score: 0.2534 },
        { falseMatchRate: 1e-3, score: 0.3369 },
        { falseMatchRate: 1e-4, score: 0.4067 },
        { falseMatchRate: 1e-5, score: 0.4685 },
      ],
    },
    golden: {
      picture: 'npm:@vladmandic/face-api/demo/sample1.jpg',
      faces: 3,
      projections: [0.44073, 0.73949, 1.84038, -0.38989, -0.76076, 0.60938, 0.7952, -0.46278],
    },
  },
  [
    YUNET,
    FACEMESH,
    MOBILEFACENET,
    SELFIE_SEGMENTATION,
    FACERES,
    EXPRESSION,
    IRIS,
    GLASSES,
    NEAR_PAD,
    WIDE_PAD,
    FACE_PAD,
  ],
);
