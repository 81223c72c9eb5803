import { EngineError } from '@facegate/engine/vocabulary';
import { drawPicture } from '@facegate/testkit';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openApp } from '../../../app-under-test.contract.ts';
import type { DetectAnswer } from '../wire/answers.ts';

const group = async () =>
  (
    await drawPicture([
      { identity: 1, x: 10, y: 20 },
      { identity: 2, x: 120, y: 50, width: 90, height: 120 },
      { identity: 3, x: 230, y: 20 },
    ])
  ).toString('base64');

async function detect(payload: object, app = openApp().app) {
  const response = await app.inject({ method: 'POST', url: '/api/detect', payload });
  return { status: response.statusCode, headers: response.headers, answer: response.json<DetectAnswer>() };
}

const sizeOf = async (jpeg: string | undefined) => {
  const { format, width, height } = await sharp(Buffer.from(jpeg!, 'base64')).metadata();
  return { format, width, height };
};

describe('POST /api/detect finds', () => {
  it('the central face alone by default', async () => {
    const { status, answer } = await detect({ image: await group() });
    expect(status).toBe(200);
    expect(answer.results.detections).toHaveLength(1);
    expect(answer.results.detections[0]!.roi).toEqual([120, 50, 90, 120]);
  });

  it.each([
    ['the legacy top-level switch', { onlyCentralFace: false }, 3],
    ['processParam without a word about it', { processParam: {} }, 3],
    ['onlyCentralFace: false', { processParam: { onlyCentralFace: false } }, 3],
    ['onlyCentralFace: true', { processParam: { onlyCentralFace: true } }, 1],
    [
      'OldMode, which looks only at the top level',
      { processParam: { scenario: 'OldMode', onlyCentralFace: false } },
      1,
    ],
    [
      'OldMode with the top-level switch',
      { processParam: { scenario: 'OldMode' }, onlyCentralFace: false },
      3,
    ],
    [
      'CropCentralFace whatever else is said',
      { processParam: { scenario: 'CropCentralFace', onlyCentralFace: false } },
      1,
    ],
    [
      'CropAllFaces whatever else is said',
      { processParam: { scenario: 'CropAllFaces', onlyCentralFace: true } },
      3,
    ],
    [
      'an unknown scenario with parameters',
      { processParam: { scenario: 'QUALITY_FULL', onlyCentralFace: true } },
      1,
    ],
  ])('as many faces as %s asks', async (_name, wishes, count) => {
    const { answer } = await detect({ image: await group(), ...wishes });
    expect(answer.code).toBe(0);
    expect(answer.results.detections).toHaveLength(count);
  });

  it('nothing where nobody is shown (code 2)', async () => {
    const image = (await drawPicture([])).toString('base64');
    const { status, answer } = await detect({ image });
    expect(status).toBe(200);
    expect(answer).toMatchObject({ code: 2, msg: 'FR_FACE_NOT_DETECTED', results: { detections: [] } });
  });
});

describe('POST /api/detect crops', () => {
  it.each([
    ['QualityICAO', 480, 640],
    ['QualityVisaSchengen', 420, 540],
    ['QualityVisaUSA', 600, 600],
    ['Thumbnail', 150, 200],
  ])('as scenario %s prescribes, whatever else is asked', async (scenario, width, height) => {
    const outputImageParams = { crop: { type: 2, size: [200, 300] } };
    const { answer } = await detect({ image: await group(), processParam: { scenario, outputImageParams } });
    expect(answer.results.scenario).toBe(scenario);
    expect(answer.results.detections).toHaveLength(1);
    expect(await sizeOf(answer.results.detections[0]!.crop)).toEqual({ format: 'jpeg', width, height });
  });

  it.each(['CropCentralFace', 'CropAllFaces', 'QualityFull'])('3:4 for scenario %s', async (scenario) => {
    const { answer } = await detect({ image: await group(), processParam: { scenario } });
    for (const { crop } of answer.results.detections) {
      const { width, height } = await sizeOf(crop);
      expect(width! / height!).toBeCloseTo(0.75, 2);
    }
  });

  it("by the request's own parameters when the scenario is unknown, and echoes its name", async () => {
    const outputImageParams = { crop: { type: 2, size: [200, 300] } };
    const processParam = { scenario: 'QUALITY_FULL', outputImageParams };
    const { answer } = await detect({ image: await group(), processParam });
    expect(answer).toMatchObject({ code: 0, results: { scenario: 'QUALITY_FULL' } });
    expect(await sizeOf(answer.results.detections[0]!.crop)).toEqual({
      format: 'jpeg',
      width: 200,
      height: 300,
    });
  });

  it('nothing when nothing is asked', async () => {
    const { answer } = await detect({ image: await group(), processParam: {} });
    expect(answer.results.detections[0]).not.toHaveProperty('crop');
  });

  it('a thumbnail for the legacy switch', async () => {
    const { answer } = await detect({ image: await group(), thumbnails: true, attributes: true });
    expect(await sizeOf(answer.results.detections[0]!.thumbnail)).toMatchObject({ width: 150, height: 200 });
  });
});

describe('POST /api/detect answers 200 with the code', () => {
  it.each([
    ['1 without an image', {}, 1],
    ['1 for null', { image: null }, 1],
    ['1 for no text', { image: '' }, 1],
    ['1 for bytes that are no picture', { image: 'AAAA' }, 1],
    ['6 for text that is not base64', { image: '%%%%' }, 6],
    ['203 for an image that is not text', { image: 7 }, 203],
    ['203 for processParam that is not an object', { image: '', processParam: 'QualityICAO' }, 203],
    [
      '202 for a crop of a type beyond 0 to 4',
      { processParam: { outputImageParams: { crop: { type: 9 } } } },
      202,
    ],
  ])('%s', async (_name, payload, code) => {
    const { status, answer } = await detect(payload);
    expect(status).toBe(200);
    expect(answer).toMatchObject({ code, ErrorCode: code, results: { detections: [] } });
    expect(answer.metadata.reason).toMatch(/^(The image|body)/);
  });

  it('503 and Retry-After when the server is full', async () => {
    const { app } = openApp({ engine: { failWith: new EngineError('overloaded', 'full') } });
    const { status, headers, answer } = await detect({ image: await group() }, app);
    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('1');
    expect(answer.code).toBe(253);
  });
});

describe("POST /api/detect keeps the wire's shape", () => {
  it('key by key, with durations for readers of 6.4 and of 7', async () => {
    const { answer } = await detect({ image: await group(), tag: 't', unknown: [] });
    expect(Object.keys(answer)).toEqual([
      'code',
      'ErrorCode',
      'msg',
      'results',
      'detectionTime',
      'elapsedTime',
      'versionSDK',
      'metadata',
    ]);
    expect(Object.keys(answer.results)).toEqual([
      'detections',
      'detectorType',
      'landmarksType',
      'scenario',
      'timer',
      'elapsedTime',
    ]);
    expect(answer.results).toMatchObject({ detectorType: 4, landmarksType: 2, scenario: '' });
    expect(answer.results.timer).toBe(answer.results.elapsedTime);
    expect(Object.keys(answer.results.detections[0]!)).toEqual([
      'landmarks',
      'roi',
      'rotationAngle',
      'attributes',
      'quality',
    ]);
    expect(answer.results.detections[0]).toMatchObject({ attributes: {}, quality: {} });
  });
});
