import { drawPicture, type FakeEngineOptions } from '@facegate/testkit';
import { describe, expect, it } from 'vitest';
import { openApp } from '../../../app-under-test.contract.ts';
import type { DetectAnswer } from '../wire/answers.ts';
import type { Attributes } from '../wire/assessment.ts';

const ALL = [
  'Age',
  'EyeRight',
  'EyeLeft',
  'Emotion',
  'Smile',
  'Glasses',
  'HeadCovering',
  'ForeheadCovering',
  'Mouth',
  'MedicalMask',
  'Occlusion',
  'StrongMakeup',
  'Headphones',
];

async function detect(wishes: object, engine: FakeEngineOptions = {}): Promise<DetectAnswer> {
  const faces = [
    { identity: 1, x: 100, y: 60, width: 90 },
    { identity: 2, x: 5, y: 5, width: 40, height: 50 },
  ];
  const payload = { image: (await drawPicture(faces)).toString('base64'), ...wishes };
  const { app } = openApp({ engine });
  return (await app.inject({ method: 'POST', url: '/api/detect', payload })).json();
}

async function attributesOf(wishes: object, engine?: FakeEngineOptions): Promise<Attributes> {
  const { code, results } = await detect(wishes, engine);
  expect(code).toBe(0);
  return results.detections[0]!.attributes as Attributes;
}

const configured = (...names: string[]) => ({
  processParam: { onlyCentralFace: true, attributes: { config: names.map((name) => ({ name })) } },
});

describe('POST /api/detect with AttributesAll', () => {
  const wishes = { processParam: { scenario: 'AttributesAll' } };

  it('tells the 13 attributes in the recorded order and form', async () => {
    const { details, elapsedTime } = await attributesOf(wishes);
    expect(details.map(({ name }) => name)).toEqual(ALL);
    expect(details[0]).toEqual({ name: 'Age', value: [28, 34] });
    for (const detail of details.slice(1)) {
      expect(Object.keys(detail)).toEqual(['name', 'value', 'confidence']);
    }
    expect(details.slice(1).map(({ value }) => value)).toEqual([
      'open',
      'open',
      'neutral',
      'no',
      'no',
      'no',
      'no',
      'closed',
      'no',
      'no',
      'no',
      'no',
    ]);
    expect(elapsedTime).toBe(0.003);
  });

  it('tells them of every face, and measures no quality', async () => {
    const { results } = await detect(wishes);
    expect(results.detections).toHaveLength(2);
    for (const { attributes, quality } of results.detections) {
      expect(attributes.details).toHaveLength(13);
      expect(quality).toEqual({});
    }
  });

  it('leaves out what the engine cannot tell', async () => {
    const engine = { attributes: { age: undefined, 'strong-makeup': undefined, headphones: undefined } };
    const { details } = await attributesOf(wishes, engine);
    expect(details.map(({ name }) => name)).toEqual(ALL.slice(1, 11));
  });
});

describe('POST /api/detect with attributes.config', () => {
  it("keeps the request's order and tells nothing else", async () => {
    const { details } = await attributesOf(configured('Smile', 'Age', 'Unknown', 'EyeLeft'));
    expect(details.map(({ name }) => name)).toEqual(['Smile', 'Age', 'EyeLeft']);
  });

  it.each([
    ['Glasses', 'glasses', 'clear', 'glasses'],
    ['Glasses', 'glasses', 'dark', 'sunglasses'],
    ['Glasses', 'glasses', 'none', 'no'],
    ['HeadCovering', 'head-covering', 'none', 'no'],
    ['HeadCovering', 'head-covering', 'religious', 'religious'],
    ['HeadCovering', 'head-covering', 'hat', 'hat'],
    ['Occlusion', 'occlusion', 'yes', 'occluded'],
    ['EyeRight', 'right-eye', 'closed', 'closed'],
    ['EyeLeft', 'left-eye', 'occluded', 'occluded'],
    ['Emotion', 'emotion', 'emotional', 'emotional'],
    ['Mouth', 'mouth', 'open', 'open'],
    ['MedicalMask', 'face-mask', 'yes', 'yes'],
  ])('says of %s, when the engine says %s is %s: %s', async (name, attribute, told, value) => {
    const engine = { attributes: { [attribute]: { value: told, confidence: 0.75 } } };
    const { details } = await attributesOf(configured(name), engine);
    expect(details).toEqual([{ name, value, confidence: 0.75 }]);
  });

  it.each([
    [23.4, [20, 26]],
    [8.6, [6, 12]],
    [3, [0, 6]],
    [1.2, [0, 6]],
  ])('gives the age %d as %j', async (age, value) => {
    const { details } = await attributesOf(configured('Age'), { attributes: { age } });
    expect(details).toEqual([{ name: 'Age', value }]);
  });

  it.each([
    ['unknown names', { config: [{ name: 'Charm' }] }],
    ['no list', {}],
    ['null', null],
  ])('answers {} to %s', async (_name, attributes) => {
    expect(await attributesOf({ processParam: { attributes } })).toEqual({});
  });
});

describe('the switch of version 3', () => {
  it.each([{}, { processParam: { scenario: 'OldMode' } }])(
    'tells all 13 of the central face: %j',
    async (rest) => {
      const { results } = await detect({ attributes: true, ...rest });
      expect(results.detections).toHaveLength(1);
      expect(results.detections[0]!.attributes.details).toHaveLength(13);
    },
  );

  it.each([
    ['it is off', { attributes: false }],
    ['processParam says what is wanted', { attributes: true, processParam: {} }],
  ])('tells nothing when %s', async (_name, wishes) => {
    expect(await attributesOf(wishes)).toEqual({});
  });
});
