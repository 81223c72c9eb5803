import { EngineError } from '@facegate/engine/vocabulary';
import { type DrawnFace, drawPicture } from '@facegate/testkit';
import type { FastifyInstance } from 'fastify';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openApp } from '../../../app-under-test.contract.ts';
import type { MatchAnswer } from '../wire/answers.ts';

const [ANNA, BORIS, CLARA] = [11, 22, 33];

const picture = async (...faces: DrawnFace[]) => (await drawPicture(faces)).toString('base64');
const of = (identity: number) => picture({ identity, x: 120, y: 60 });
const two = (first: number, second: number) =>
  picture({ identity: first, x: 10, y: 20 }, { identity: second, x: 180, y: 30, width: 90, height: 120 });

async function post(app: FastifyInstance, payload: unknown) {
  const response = await app.inject({ method: 'POST', url: '/api/match', payload: payload as object });
  return { status: response.statusCode, headers: response.headers, answer: response.json<MatchAnswer>() };
}

const pairsIn = ({ results }: MatchAnswer) =>
  results.map((r) => [r.firstIndex, r.firstFaceIndex, r.secondIndex, r.secondFaceIndex].join(' '));

describe('POST /api/match compares', () => {
  it("two images of one person above the vendor's threshold of 0.75 and of two persons below it", async () => {
    const { app } = openApp();
    const images = [
      { index: 1, type: 3, data: await of(ANNA) },
      { index: 2, type: 2, data: await of(ANNA) },
      { index: 3, type: 3, data: await of(BORIS) },
    ];
    const { status, answer } = await post(app, { images });
    expect(status).toBe(200);
    expect(pairsIn(answer)).toEqual(['1 0 2 0', '1 0 3 0', '2 0 3 0']);
    const [same, other] = answer.results;
    expect(same).toMatchObject({ first: 3, second: 2 });
    expect(same!.similarity).toBeGreaterThan(0.99);
    expect(same!.score).toBeCloseTo(0, 5);
    expect(other!.similarity).toBeLessThan(0.75);
    expect(other!.score).toBeGreaterThan(1.054);
  });

  it('only the most central face of each image without detectAll', async () => {
    const { app } = openApp();
    const images = [{ data: await two(ANNA, BORIS) }, { data: await of(BORIS) }];
    const { answer } = await post(app, { images });
    expect(answer.detections.map(({ faces }) => faces.length)).toEqual([1, 1]);
    expect(pairsIn(answer)).toEqual(['0 0 1 0']);
    expect(answer.results[0]!.similarity).toBeGreaterThan(0.99);
  });

  it('every face with every face of the other image with detectAll, but none with its neighbour', async () => {
    const { app } = openApp();
    const images = [
      { data: await two(ANNA, BORIS), detectAll: true },
      { data: await two(BORIS, CLARA), detectAll: true },
    ];
    const { answer } = await post(app, { images });
    expect(pairsIn(answer)).toEqual(['0 0 1 0', '0 0 1 1', '0 1 1 0', '0 1 1 1']);
    expect(answer.results.map(({ similarity }) => similarity > 0.75)).toEqual([false, false, true, false]);
  });

  it('all faces on one image of type 4 with each other', async () => {
    const { app } = openApp();
    const { answer } = await post(app, { images: [{ type: 4, data: await two(ANNA, ANNA) }] });
    expect(answer.code).toBe(0);
    expect(pairsIn(answer)).toEqual(['0 0 0 1']);
    expect(answer.results[0]).toMatchObject({ first: 4, second: 4 });
  });

  it('an image of type 4 within itself first and then with the others', async () => {
    const { app } = openApp();
    const images = [
      { type: 4, data: await two(ANNA, BORIS) },
      { type: 3, data: await of(ANNA) },
    ];
    const { answer } = await post(app, { images });
    expect(pairsIn(answer)).toEqual(['0 0 0 1', '0 0 1 0', '0 1 1 0']);
  });
});

describe('POST /api/match numbers images', () => {
  it('from 0 where no index is sent, around the indexes that are', async () => {
    const { app } = openApp();
    const data = await of(ANNA);
    const images = [
      { data, type: 1 },
      { data, type: 2, index: 0 },
      { data, type: 3, index: null },
    ];
    const { answer } = await post(app, { images });
    expect(answer.detections.map(({ imageIndex }) => imageIndex)).toEqual([1, 0, 2]);
  });

  it('and refuses one index for two images (202)', async () => {
    const { app } = openApp();
    const data = await of(ANNA);
    const { status, answer } = await post(app, {
      images: [
        { data, index: 5 },
        { data, index: 5 },
      ],
    });
    expect(status).toBe(200);
    expect(answer).toMatchObject({ code: 202, msg: 'FACER_COMMAND_IS_NOT_SUPPORTED', results: [] });
  });

  it("and takes images without a type for LIVE, as the vendor's client does", async () => {
    const { app } = openApp();
    const data = await of(ANNA);
    const { answer } = await post(app, { images: [{ data }, { data }] });
    expect(answer.results[0]).toMatchObject({ first: 3, second: 3 });
  });
});

describe('POST /api/match answers 200 with the code', () => {
  it('224 FACER_LESS_THAN_TWO_IMAGES_IN_REQUEST for no image and for one, even with detectAll', async () => {
    const { app } = openApp();
    const one = { data: await two(ANNA, BORIS), detectAll: true };
    for (const images of [[], [one]]) {
      const { status, answer } = await post(app, { images });
      expect(status).toBe(200);
      expect(answer).toMatchObject({ code: 224, msg: 'FACER_LESS_THAN_TWO_IMAGES_IN_REQUEST', results: [] });
    }
  });

  it('238 FACER_IMAGES_COUNT_LIMIT_EXCEEDED for three images of one type, unless the limit is raised', async () => {
    const data = await of(ANNA);
    const images = [{ data }, { data }, { data }];
    expect((await post(openApp().app, { images })).answer).toMatchObject({ code: 238 });
    const roomy = openApp({ env: { FACEGATE_REGULA_IMAGES_PER_TYPE_MAX: '3' } });
    expect((await post(roomy.app, { images })).answer).toMatchObject({ code: 0 });
  });

  it('0 with status 2 for the image without a face when the others can be compared', async () => {
    const { app } = openApp();
    const images = [
      { type: 1, data: await of(ANNA) },
      { type: 2, data: await picture() },
      { type: 3, data: await of(ANNA) },
    ];
    const { answer } = await post(app, { images });
    expect(answer.code).toBe(0);
    expect(answer.detections.map(({ status }) => status)).toEqual([0, 2, 0]);
    expect(answer.detections[1]!.faces).toEqual([]);
    expect(pairsIn(answer)).toEqual(['0 0 2 0']);
  });

  it('2 FR_FACE_NOT_DETECTED when nothing can be compared', async () => {
    const { app } = openApp();
    const images = [{ data: await of(ANNA) }, { data: await picture() }];
    const { answer } = await post(app, { images });
    expect(answer).toMatchObject({ code: 2, msg: 'FR_FACE_NOT_DETECTED' });
    expect(answer.metadata.reason).toBe('No face was found.');
    const lonely = { images: [{ type: 4, data: await of(ANNA) }] };
    expect((await post(app, lonely)).answer).toMatchObject({
      code: 2,
      detections: [{ status: 0 }],
      metadata: { reason: 'There is no second face.' },
    });
  });

  it.each([
    ['1 for an empty image', '', 1],
    ['6 for text that is not base64', 'not base64!', 6],
    ['1 for bytes that are no picture', Buffer.from('hello there').toString('base64'), 1],
    ['1 for SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64'), 1],
  ])('0 and status %s beside images that can be compared', async (_name, data, status) => {
    const { app } = openApp();
    const good = await of(ANNA);
    const images = [{ data: good, type: 1 }, { data }, { data: good, type: 2 }];
    const { answer } = await post(app, { images });
    expect(answer.code).toBe(0);
    expect(answer.detections.map((detection) => detection.status)).toEqual([0, status, 0]);
  });

  it('6 FR_IMAGE_DECODE_ERROR for a picture cut short and for one above the size limit', async () => {
    const { app } = openApp({ env: { FACEGATE_IMAGE_BYTES_MAX: '1024' } });
    const noise = await sharp({
      create: {
        width: 64,
        height: 64,
        channels: 3,
        background: 'red',
        noise: { type: 'gaussian', sigma: 90 },
      },
    })
      .png()
      .toBuffer();
    const { answer } = await post(app, { images: [{ data: noise.toString('base64') }, { data: '' }] });
    expect(answer.code).toBe(6);
    const cut = { data: noise.subarray(0, noise.length / 2).toString('base64') };
    expect((await post(openApp().app, { images: [cut, cut] })).answer.code).toBe(6);
  });

  it.each([
    ['203 without images', {}, 203],
    ['203 for a body that is not an object', [], 203],
    ['203 for images of another type', { images: 'two' }, 203],
    ['203 for an image without data', { images: [{ type: 3 }] }, 203],
    ['203 for data that is not text', { images: [{ data: 5 }] }, 203],
    ['203 for an index that is text', { images: [{ data: '', index: '1' }] }, 203],
    ['203 for an index between whole numbers', { images: [{ data: '', index: 1.5 }] }, 203],
    ['202 for a type beyond 1 to 7', { images: [{ data: '', type: 8 }] }, 202],
    ['202 for a negative index', { images: [{ data: '', index: -1 }] }, 202],
    ['202 for a crop of a type beyond 0 to 4', { images: [], outputImageParams: { crop: { type: 5 } } }, 202],
    [
      '202 for a crop of 100,000 pixels',
      { images: [], outputImageParams: { crop: { size: [1e5, 1] } } },
      202,
    ],
  ])('%s, saying what is wrong', async (_name, payload, code) => {
    const { status, answer } = await post(openApp().app, payload);
    expect(status).toBe(200);
    expect(answer).toMatchObject({ code, ErrorCode: code, results: [] });
    expect(answer.metadata.reason).toMatch(/^body/);
  });
});

describe('POST /api/match answers other than 200', () => {
  it('503 with Retry-After when the server is full', async () => {
    const { app } = openApp({ engine: { failWith: new EngineError('overloaded', 'full') } });
    const data = await of(ANNA);
    const { status, headers, answer } = await post(app, { images: [{ data }, { data }] });
    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('1');
    expect(answer).toMatchObject({ code: 253, msg: 'FACER_GENERAL_ERROR' });
  });

  it('500 for a defect of ours, with nothing of its inside', async () => {
    const { app, log } = openApp({ engine: { failWith: new TypeError('secret of the engine') } });
    const data = await of(ANNA);
    const { status, answer } = await post(app, { images: [{ data }, { data }] });
    expect(status).toBe(500);
    expect(answer).toMatchObject({ code: 7, metadata: { reason: 'The server failed.' } });
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(log()).toContain('secret of the engine');
  });
});

describe('POST /api/match describes faces', () => {
  const faceOf = async (outputImageParams: object, extra: object = {}) => {
    const { app } = openApp();
    const data = await picture({ identity: ANNA, x: 100, y: 60, roll: 10 });
    const { answer } = await post(app, { images: [{ data }, { data }], outputImageParams, ...extra });
    return answer.detections[0]!.faces[0]!;
  };

  it("by landmarks from the image's left, a box, and a rotation that is positive counter-clockwise", async () => {
    const face = await faceOf({});
    const [leftEye, rightEye, nose, leftMouth, rightMouth] = face.landmarks;
    expect(face.landmarks.flat().every(Number.isInteger)).toBe(true);
    expect(leftEye![0]).toBeLessThan(rightEye![0]);
    expect(leftMouth![0]).toBeLessThan(rightMouth![0]);
    expect(nose![1]).toBeLessThan(leftMouth![1]);
    // Turned counter-clockwise, the eye on the image's right stands higher.
    expect(rightEye![1]).toBeLessThan(leftEye![1]);
    expect(face).toMatchObject({ faceIndex: 0, roi: [100, 60, 80, 100], rotationAngle: 10 });
    expect(face).not.toHaveProperty('crop');
    expect(face).not.toHaveProperty('thumbnail');
  });

  it.each([
    [0, 3 / 4],
    [1, 4 / 5],
    [2, 2 / 3],
    [3, 1],
    [4, 7 / 9],
  ])('by a JPEG crop of type %i with the aspect of that type', async (type, aspect) => {
    const face = await faceOf({ crop: { type } });
    const { format, width, height } = await sharp(Buffer.from(face.crop!, 'base64')).metadata();
    expect(format).toBe('jpeg');
    expect(width! / height!).toBeCloseTo(aspect, 1);
    expect(face).not.toHaveProperty('originalRect');
  });

  it("by a crop of the size asked, but only if its ratio is the type's", async () => {
    const sizeOf = async (size: number[]) => {
      const face = await faceOf({ crop: { type: 0, size } });
      const { width, height } = await sharp(Buffer.from(face.crop!, 'base64')).metadata();
      return [width, height];
    };
    expect(await sizeOf([300, 400])).toEqual([300, 400]);
    expect(await sizeOf([400, 400])).not.toEqual([400, 400]);
  });

  it("by a crop whose ratio is the type's up to rounding: the vendor's own 106×134 for 4:5", async () => {
    const face = await faceOf({ crop: { type: 1, size: [106, 134] } });
    const { width, height } = await sharp(Buffer.from(face.crop!, 'base64')).metadata();
    expect([width, height]).toEqual([106, 134]);
  });

  it("by the crop's place in the image when returnOriginalRect is set", async () => {
    const face = await faceOf({ crop: { type: 3, returnOriginalRect: true } });
    expect(face.originalRect).toEqual([60, 30, 160, 160]);
  });

  it('by a thumbnail when the deprecated switch is set', async () => {
    const face = await faceOf({ crop: { type: 3 } }, { thumbnails: true });
    const { width, height } = await sharp(Buffer.from(face.thumbnail!, 'base64')).metadata();
    expect([width, height]).toEqual([150, 200]);
    expect(face.crop).not.toBe(face.thumbnail);
  });
});

describe("POST /api/match keeps the wire's shape", () => {
  it('key by key', async () => {
    const { app } = openApp();
    const data = await of(ANNA);
    const { answer } = await post(app, {
      tag: 'session-1',
      thumbnails: true,
      images: [{ data }, { data }],
      outputImageParams: { backgroundColor: [1, 2, 3], crop: { type: 0, returnOriginalRect: true } },
      somethingNewer: { ignored: true },
    });
    expect(Object.keys(answer)).toEqual([
      'code',
      'ErrorCode',
      'msg',
      'detections',
      'results',
      'elapsedTime',
      'versionDescriptor',
      'versionSDK',
      'metadata',
    ]);
    expect(answer).toMatchObject({ code: 0, ErrorCode: 0, msg: 'FACER_OK', versionSDK: '6.4.86' });
    expect(answer.elapsedTime).toBeGreaterThan(0);
    expect(Object.keys(answer.metadata)).toEqual(['serverTime', 'ctx']);
    expect(answer.metadata.serverTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
    expect(Object.keys(answer.detections[0]!)).toEqual(['imageIndex', 'status', 'faces']);
    expect(Object.keys(answer.detections[0]!.faces[0]!)).toEqual([
      'faceIndex',
      'landmarks',
      'roi',
      'rotationAngle',
      'crop',
      'originalRect',
      'thumbnail',
    ]);
    expect(Object.keys(answer.results[0]!)).toEqual([
      'firstIndex',
      'firstFaceIndex',
      'first',
      'secondIndex',
      'secondFaceIndex',
      'second',
      'score',
      'similarity',
    ]);
  });

  it('with null for whatever is optional', async () => {
    const { app } = openApp();
    const image = { data: await of(ANNA), index: null, type: null, detectAll: null };
    const payload = { tag: null, thumbnails: null, outputImageParams: null, images: [image, image] };
    expect((await post(app, payload)).answer.code).toBe(0);
  });

  it('with data URIs', async () => {
    const { app } = openApp();
    const data = `data:image/png;base64,${await of(ANNA)}`;
    expect((await post(app, { images: [{ data }, { data }] })).answer.code).toBe(0);
  });
});
