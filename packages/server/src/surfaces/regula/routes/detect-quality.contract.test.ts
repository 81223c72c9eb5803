import { drawPicture, type FakeEngineOptions } from '@facegate/testkit';
import { FaceQualityConfigName } from '@regulaforensics/facesdk-webclient';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openApp } from '../../../app-under-test.contract.ts';
import { GROUP_NAMES, RECORDED_SCENARIOS } from '../recorded-quality.contract.ts';
import type { DetectAnswer } from '../wire/answers.ts';
import type { Quality } from '../wire/assessment.ts';

const one = async () => (await drawPicture([{ identity: 1, x: 100, y: 60 }])).toString('base64');

interface Asked {
  readonly processParam: object;
  readonly engine?: FakeEngineOptions;
  readonly image?: string;
}

async function detect({ processParam, engine = {}, image }: Asked): Promise<DetectAnswer> {
  const payload = { image: image ?? (await one()), processParam };
  const { app } = openApp({ engine });
  const response = await app.inject({ method: 'POST', url: '/api/detect', payload });
  return response.json();
}

async function qualityOf(asked: Asked): Promise<Quality> {
  const { code, results } = await detect(asked);
  expect(code).toBe(0);
  return results.detections[0]!.quality as Quality;
}

/** Details by name. */
async function detailsOf(names: readonly string[], asked: Partial<Asked> = {}) {
  const config = names.map((name) => ({ name }));
  const { details } = await qualityOf({
    ...asked,
    processParam: { quality: { config }, ...asked.processParam },
  });
  return Object.fromEntries(details.map((detail) => [detail.name, detail]));
}

describe.each(RECORDED_SCENARIOS)(
  'POST /api/detect with $scenario',
  ({ scenario, rows, totals, cropSize }) => {
    const processParam = { scenario };

    it('gives the recorded characteristics in order, with their groups and ranges', async () => {
      const { details } = await qualityOf({ processParam });
      expect(details.map(({ groupId, name, range }) => [groupId, name, range])).toEqual(rows);
      for (const detail of details) {
        expect(Object.keys(detail)).toEqual(['groupId', 'name', 'range', 'status', 'value']);
      }
    });

    it('gives all eight groups with the recorded totals', async () => {
      const { detailsGroups } = await qualityOf({ processParam });
      expect(detailsGroups.map(({ groupId }) => groupId)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      expect(detailsGroups.map(({ name }) => name)).toEqual(GROUP_NAMES);
      expect(detailsGroups.map(({ totalCount }) => totalCount)).toEqual(totals);
      for (const group of detailsGroups) {
        expect(Object.keys(group)).toEqual(['groupId', 'name', 'totalCount', 'compliantCount']);
      }
    });

    it('measures the crop, not the upload, and finds a good face compliant', async () => {
      const { details, nonCompliant, detailsGroups, score } = await qualityOf({ processParam });
      expect(details.slice(0, 2).map(({ value }) => value)).toEqual(cropSize);
      expect(nonCompliant).toEqual([]);
      expect(detailsGroups.map(({ compliantCount }) => compliantCount)).toEqual(totals);
      expect(score).toBe(1);
    });

    it('has no ear for other parameters', async () => {
      const config = [{ name: 'Roll', range: [80, 90] }];
      const { details } = await qualityOf({ processParam: { scenario, quality: { config } } });
      expect(details).toHaveLength(rows.length);
    });
  },
);

describe('POST /api/detect with QualityFull', () => {
  it("gives every characteristic that the vendor's client knows", async () => {
    const { details } = await qualityOf({ processParam: { scenario: 'QualityFull' } });
    const known: string[] = Object.values(FaceQualityConfigName);
    expect(known).toHaveLength(48);
    expect(details.map(({ name }) => name).sort()).toEqual(known.sort());
  });

  it('wants a picture of 1200×1600 and a white background', async () => {
    const { details } = await qualityOf({ processParam: { scenario: 'QualityFull' } });
    const [width, height, ratio] = details;
    expect(width).toMatchObject({ name: 'ImageWidth', range: [1200, 10_000], status: 0 });
    expect(height).toMatchObject({ name: 'ImageHeight', range: [1600, 10_000], status: 0 });
    expect(ratio).toMatchObject({ name: 'ImageWidthToHeight', range: [0.74, 0.8], status: 1 });
    expect(details.find(({ name }) => name === 'BackgroundColorMatch')).toMatchObject({ status: 1 });
  });
});

describe('POST /api/detect with a quality.config of its own', () => {
  it("keeps the request's order and ranges, and QualityICAO's where it names none", async () => {
    const config = [
      { name: 'Smile' },
      { name: 'ImageWidth', range: [1, 2] },
      { name: 'Yaw', range: null },
      { name: 'Roll', range: [0, 5] },
    ];
    const { details, nonCompliant, detailsGroups } = await qualityOf({
      processParam: { quality: { config } },
    });
    expect(details).toMatchObject([
      { groupId: 6, name: 'Smile', range: [0, 0.5], status: 1 },
      { groupId: 1, name: 'ImageWidth', range: [1, 2], status: 0, value: 320 },
      { groupId: 2, name: 'Yaw', range: [-5, 5], status: 1 },
      { groupId: 2, name: 'Roll', range: [0, 5], status: 1 },
    ]);
    expect(nonCompliant).toEqual(['ImageWidth']);
    expect(detailsGroups).toEqual([
      { groupId: 1, name: 'ImageCharacteristics', totalCount: 1, compliantCount: 0 },
      { groupId: 2, name: 'HeadSizeAndPosition', totalCount: 2, compliantCount: 2 },
      { groupId: 6, name: 'PoseAndExpression', totalCount: 1, compliantCount: 1 },
    ]);
  });

  it('measures the picture when no crop is asked: its size, its roll, no padding', async () => {
    const image = (await drawPicture([{ identity: 1, x: 100, y: 60, roll: 12 }])).toString('base64');
    const details = await detailsOf(['ImageWidth', 'ImageHeight', 'Roll', 'PaddingRatio'], { image });
    expect(details['ImageWidth']!.value).toBe(320);
    expect(details['ImageHeight']!.value).toBe(240);
    expect(details['Roll']).toMatchObject({ value: 12, status: 0 });
    expect(details['PaddingRatio']!.value).toBe(0);
  });

  it('measures the crop when one is asked, even beside a thumbnail', async () => {
    const outputImageParams = { crop: { type: 0, size: [300, 400] } };
    const quality = { config: [{ name: 'ImageWidth' }, { name: 'PaddingRatio' }] };
    const { details } = await qualityOf({ processParam: { outputImageParams, quality } });
    expect(details).toMatchObject([
      { name: 'ImageWidth', value: 300, status: 0 },
      { name: 'PaddingRatio', value: 0.1 },
    ]);
  });

  it.each([
    ['names that nobody knows', { config: [{ name: 'Charm' }, {}, { name: 'toString' }] }],
    ['an empty list', { config: [] }],
    ['no list', {}],
    ['null', null],
  ])('answers {} to %s', async (_name, quality) => {
    expect(await qualityOf({ processParam: { quality } })).toEqual({});
  });

  it('skips unknown names among known ones', async () => {
    expect(Object.keys(await detailsOf(['Charm', 'Yaw']))).toEqual(['Yaw']);
  });

  it.each([
    ['203 for a config that is no list', { config: 'all' }, 203],
    ['203 for a name that is no text', { config: [{ name: 7 }] }, 203],
    ['202 for half a range', { config: [{ name: 'Yaw', range: [1] }] }, 202],
    ['202 for a colour beyond 255', { backgroundMatchColor: [0, 0, 256] }, 202],
    ['202 for more than 144 entries', { config: Array(145).fill({ name: 'Yaw' }) }, 202],
  ])('%s', async (_name, quality, code) => {
    expect(await detect({ processParam: { quality } })).toMatchObject({ code, results: { detections: [] } });
  });

  it('assesses every face of a picture', async () => {
    const faces = [
      { identity: 1, x: 10, y: 20 },
      { identity: 2, x: 200, y: 20, roll: 10 },
    ];
    const image = (await drawPicture(faces)).toString('base64');
    const quality = { config: [{ name: 'Roll' }, { name: 'OtherFaces' }] };
    const { results } = await detect({ image, processParam: { quality } });
    expect(results.detections.map((detection) => (detection.quality as Quality).nonCompliant)).toEqual([
      ['OtherFaces'],
      ['Roll', 'OtherFaces'],
    ]);
  });
});

describe('a characteristic', () => {
  it.each([
    [0.15, 1],
    [0.1501, 0],
    [0, 1],
    [-0.01, 0],
  ])('BlurLevel of %d has status %d: both ends of the range comply', async (blur, status) => {
    const { BlurLevel } = await detailsOf(['BlurLevel'], { engine: { quality: { blur } } });
    expect(BlurLevel).toMatchObject({ value: blur, status });
  });

  it('that the engine cannot assess is undetermined: status 2, value 0, neither compliant nor not', async () => {
    const engine = { quality: { 'strong-makeup': undefined, yaw: undefined, blur: 0.9 } };
    const config = ['StrongMakeup', 'Yaw', 'Pitch', 'BlurLevel'].map((name) => ({ name }));
    const quality = await qualityOf({ processParam: { quality: { config } }, engine });
    expect(quality.details.map(({ status, value }) => [status, value])).toEqual([
      [2, 0],
      [2, 0],
      [1, -2],
      [0, 0.9],
    ]);
    expect(quality.nonCompliant).toEqual(['BlurLevel']);
    expect(quality.detailsGroups.map(({ compliantCount }) => compliantCount)).toEqual([1, 0, 0]);
    expect(quality.score).toBe(0.5);
  });

  it('leaves a score of −1 when nothing could be assessed', async () => {
    const engine = { quality: { yaw: undefined } };
    const config = [{ name: 'Yaw' }];
    expect((await qualityOf({ processParam: { quality: { config } }, engine })).score).toBe(-1);
  });

  it.each([
    [0, 1, 1],
    [1, 0, 0],
    [3, 0, 0],
  ])('OtherFaces with %d of them is %d', async (others, value, status) => {
    const { OtherFaces } = await detailsOf(['OtherFaces'], {
      engine: { quality: { 'other-faces': others } },
    });
    expect(OtherFaces).toMatchObject({ value, status });
  });

  it('ReflectionOnGlasses is 0.25 and FramesTooHeavy 0 without glasses', async () => {
    const names = ['ReflectionOnGlasses', 'FramesTooHeavy'];
    const { ReflectionOnGlasses, FramesTooHeavy } = await detailsOf(names);
    expect(ReflectionOnGlasses).toMatchObject({ value: 0.25, status: 1 });
    expect(FramesTooHeavy).toMatchObject({ value: 0, status: 1 });
  });

  it('ReflectionOnGlasses and FramesTooHeavy are measured where glasses are worn', async () => {
    const glasses = { value: 'clear', confidence: 0.9 } as const;
    const engine = { attributes: { glasses }, quality: { 'glasses-reflection': 0.7, 'heavy-frames': 8 } };
    const { ReflectionOnGlasses, FramesTooHeavy } = await detailsOf(
      ['ReflectionOnGlasses', 'FramesTooHeavy'],
      { engine },
    );
    expect(ReflectionOnGlasses).toMatchObject({ value: 0.7, status: 0 });
    expect(FramesTooHeavy).toMatchObject({ value: 8, status: 0 });
  });

  it('ReflectionOnGlasses is undetermined where nobody can tell of glasses', async () => {
    const engine = { attributes: { glasses: undefined } };
    const { ReflectionOnGlasses } = await detailsOf(['ReflectionOnGlasses'], { engine });
    expect(ReflectionOnGlasses).toMatchObject({ status: 2, value: 0 });
  });

  it('BackgroundColorMatch is undetermined without a colour to match', async () => {
    const { BackgroundColorMatch } = await detailsOf(['BackgroundColorMatch']);
    expect(BackgroundColorMatch).toMatchObject({ range: [0.8, 1], status: 2 });
    const config = [{ name: 'BackgroundColorMatch' }];
    const quality = { backgroundMatchColor: [255, 255, 255], config };
    expect((await qualityOf({ processParam: { quality } })).details[0]).toMatchObject({ status: 1 });
  });

  it.each([
    ['right-eye-closed', 'EyeRightClosed'],
    ['left-eye-closed', 'EyeLeftClosed'],
    ['right-eye-hair', 'EyeRightCoveredWithHair'],
    ['dark-glasses', 'DarkGlasses'],
    ['face-mask', 'MedicalMask'],
    ['face-occlusion', 'FaceOccluded'],
    ['artificial', 'ArtFace'],
    ['glare', 'FaceGlare'],
    ['gaze-off', 'OffGaze'],
  ] as const)('made of %s is %s and no other', async (measure, name) => {
    const engine = { quality: { [measure]: 0.99 } };
    const crop = { type: 0, size: [480, 640] };
    const config = Object.values(FaceQualityConfigName).map((each) => ({ name: each }));
    const quality = { config, backgroundMatchColor: [9, 9, 9] };
    const answer = await qualityOf({ processParam: { outputImageParams: { crop }, quality }, engine });
    expect(answer.nonCompliant).toEqual([name]);
  });
});

describe('the quality of an answer', () => {
  it('has its keys in order, with durations for readers of 6.4 and of 7', async () => {
    const quality = await qualityOf({ processParam: { scenario: 'QualityICAO' } });
    expect(Object.keys(quality)).toEqual([
      'nonCompliant',
      'detailsGroups',
      'details',
      'score',
      'timer',
      'elapsedTime',
    ]);
    expect(quality.timer).toBe(0.004);
    expect(quality.elapsedTime).toBe(0.004);
  });

  it('does not betray that glasses were looked for', async () => {
    const { results } = await detect({ processParam: { scenario: 'QualityICAO' } });
    expect(results.detections[0]!.attributes).toEqual({});
  });
});

it('whatever is asked of quality and attributes is answered 200 with a code that says so', async () => {
  const name = fc.constantFrom(...Object.values(FaceQualityConfigName), 'Age', 'toString', '', null, 7);
  const bound = fc.constantFrom(-1e308, -1, 0, 0.5, 1e308, null, '1');
  const range = fc.oneof(fc.constant(null), fc.array(bound, { maxLength: 3 }));
  const entry = fc.oneof(fc.record({ name, range }, { requiredKeys: [] }), fc.constant(null));
  const config = fc.oneof(fc.array(entry, { maxLength: 3 }), fc.constantFrom(null, {}, 'all', true));
  const wish = fc.oneof(fc.record({ config }, { requiredKeys: [] }), fc.constantFrom(null, [], true));
  const { app } = openApp();
  const image = await one();
  await fc.assert(
    fc.asyncProperty(wish, wish, async (quality, attributes) => {
      const payload = { image, processParam: { quality, attributes } };
      const response = await app.inject({ method: 'POST', url: '/api/detect', payload });
      expect(response.statusCode).toBe(200);
      expect([0, 202, 203]).toContain(response.json<DetectAnswer>().code);
    }),
    { numRuns: 150 },
  );
});
