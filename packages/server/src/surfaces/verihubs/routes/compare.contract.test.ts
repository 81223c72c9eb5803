import type { Injection } from '@facegate/engine/vocabulary';
import { describe, expect, it } from 'vitest';
import { testing } from '../access.contract.ts';
import { faultyEngine, VALIDATE_ALL } from '../traits.contract.ts';
import { ANNA, BORIS, nobody, of, openVerihubs, two } from '../verihubs-app.contract.ts';

describe('POST /v1/face/compare', () => {
  it('says whether two pictures show one person, in this order', async () => {
    const { ask } = openVerihubs();
    const { status, body } = await ask('compare', { image_1: await of(ANNA), image_2: await of(ANNA) });
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual([
      'message',
      'status_code',
      'session_id',
      'timestamp',
      'similarity_status',
      'similarity_score',
      'image_1',
      'image_2',
    ]);
    expect([body.similarity_status, body.image_1.nface]).toEqual([true, 1]);
    const other = await ask('compare', { image_1: await of(ANNA), image_2: await of(BORIS) });
    expect([other.body.error_code, other.body.similarity_status]).toEqual(['FAIL_ON_16', false]);
  });

  it('fails on what is wrong with either picture', async () => {
    const { ask } = openVerihubs({ engine: faultyEngine(2) });
    const [image_1, image_2] = [await of(ANNA), await two(ANNA, BORIS)];
    const { body } = await ask('compare', { ...VALIDATE_ALL, image_1, image_2 });
    expect([body.error_code, body.similarity_status]).toEqual(['FAIL_ON_10', null]);
  });

  it('names the picture that is at fault, the first before the second', async () => {
    const { ask } = openVerihubs();
    const good = await of(ANNA);
    const gif = Buffer.from('GIF89a and so on').toString('base64');
    const codeOf = async (payload: object) => (await ask('compare', payload)).body.error_code;
    expect(await codeOf({ image_2: good })).toBe('MISSING_PAYLOAD_IMAGE_1');
    expect(await codeOf({ image_1: good })).toBe('MISSING_PAYLOAD_IMAGE_2');
    expect(await codeOf({ image_1: good, image_2: '?' })).toBe('INVALID_PAYLOAD_IMAGE_2_MISSING');
    expect(await codeOf({ image_1: gif, image_2: gif })).toBe('INVALID_PAYLOAD_IMAGE_1_FORMAT');
    expect(await codeOf({ image_1: good, image_2: 'http://x.example/' })).toBe(
      'INVALID_PAYLOAD_IMAGE_2_FORMAT',
    );
    const { body } = await ask('compare', { image_1: good, image_2: await nobody() });
    expect(body).toEqual({
      message: 'No face was found in the image. (image_2)',
      error_code: 'FACE_NOT_DETECTED',
    });
  });

  it('uses the quota of verifications', async () => {
    const { as } = openVerihubs({ principals: { trial: testing('trial', { verify: 0 }) } });
    const { status, body } = await as('trial')('compare', {
      image_1: await of(ANNA),
      image_2: await of(ANNA),
    });
    expect([status, body.error_code]).toEqual([403, 'INSUFFICIENT_QUOTA_VERIFY']);
  });
});

describe('POST /v1/face/liveness', () => {
  it('tells liveness, in this order, without being asked', async () => {
    const { ask } = openVerihubs();
    const { status, body } = await ask('liveness', { image: await of(ANNA) });
    expect(status).toBe(200);
    expect(Object.keys(body).slice(4)).toEqual([
      'nface',
      'rotation',
      'bounding_box',
      'face_landmark',
      'image_quality',
      'attributes',
      'liveness',
    ]);
    expect(body.liveness).toEqual({ status: true, probability: 98 });
  });

  it.each([2, 4, 6, 8, 10, 12, 14])('fails on %i, and never on liveness itself', async (number) => {
    const { ask } = openVerihubs({ engine: faultyEngine(number | 1) });
    const image = await ((number & 8) === 0 ? of(ANNA) : two(ANNA, BORIS));
    const { body } = await ask('liveness', { ...VALIDATE_ALL, image });
    expect([body.error_code, body.liveness.status]).toEqual([`FAIL_ON_${number}`, false]);
  });

  it('uses the quota of liveness', async () => {
    const { as } = openVerihubs({ principals: { trial: testing('trial', { liveness: 0 }) } });
    const { status, body } = await as('trial')('liveness', { image: await of(ANNA) });
    expect([status, body.error_code]).toEqual([403, 'INSUFFICIENT_QUOTA_LIVENESS']);
  });
});

describe('POST /v1/face/deepfake', () => {
  const manipulated: Injection = { outcome: 'manipulated', manipulationProbability: 0.9712, evidence: [] };

  it('tells a manipulated face, in this order, and quality and attributes only when asked', async () => {
    const { ask } = openVerihubs({ engine: { injection: manipulated } });
    const { status, body } = await ask('deepfake', { image: await of(ANNA) });
    expect(status).toBe(200);
    const face = ['nface', 'rotation', 'bounding_box', 'face_landmark'];
    expect(Object.keys(body).slice(4)).toEqual([...face, 'deepfake']);
    expect(body.deepfake).toEqual({ status: true, probability: 97.12 });
    const more = await ask('deepfake', { image: await of(ANNA), is_quality: true, is_attribute: true });
    expect(Object.keys(more.body).slice(4)).toEqual([...face, 'image_quality', 'attributes', 'deepfake']);
  });

  it.each([
    ['genuine', false],
    ['undetermined', null],
  ] as const)('tells %s as %j', async (outcome, status) => {
    const injection: Injection = { outcome, manipulationProbability: 0.3, evidence: [] };
    const { ask } = openVerihubs({ engine: { injection } });
    const { body } = await ask('deepfake', { image: await of(ANNA) });
    expect(body.deepfake).toEqual({ status, probability: 30 });
  });

  it('fails on what is to be validated, and asks that it be told', async () => {
    const { ask } = openVerihubs({ engine: { injection: manipulated } });
    const image = await two(ANNA, BORIS);
    expect((await ask('deepfake', { image, validate_nface: true })).body.error_code).toBe('FAIL_ON_8');
    const unfounded = await ask('deepfake', { image, validate_quality: true });
    expect(unfounded.body.error_code).toBe('INVALID_PAYLOAD_QUALITY_VALIDATION_DEPENDENCY');
    expect((await ask('deepfake', { image: await nobody() })).body.error_code).toBe('FACE_NOT_DETECTED');
    expect((await ask('deepfake', {})).body.error_code).toBe('INVALID_PAYLOAD');
  });
});
