import { describe, expect, it } from 'vitest';
import { faultyEngine, VALIDATE_ALL } from '../traits.contract.ts';
import { ANNA, BORIS, nobody, of, openVerihubs } from '../verihubs-app.contract.ts';

describe('POST /v1/face/enroll', () => {
  it('answers flat, in this order, and makes an id where none is given', async () => {
    const { ask } = openVerihubs();
    const { status, body } = await ask('enroll', { image: await of(ANNA) });
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual([
      'message',
      'status_code',
      'session_id',
      'timestamp',
      'subject_id',
      'nface',
      'rotation',
      'bounding_box',
      'face_landmark',
      'image_quality',
      'attributes',
    ]);
    expect(body.message).toBe('Request Success');
    const verified = await ask('verify', { image: await of(ANNA), subject_id: body.subject_id });
    expect(verified.body.similarity_status).toBe(true);
  });

  it('puts the picture in the place of an earlier one', async () => {
    const { ask } = openVerihubs();
    for (const who of [ANNA, BORIS]) await ask('enroll', { image: await of(who), subject_id: 'desk' });
    const verify = async (who: number) =>
      (await ask('verify', { image: await of(who), subject_id: 'desk' })).body.similarity_status;
    expect([await verify(ANNA), await verify(BORIS)]).toEqual([false, true]);
    expect((await ask('search', { image: await of(ANNA), threshold: 75 })).body.matches).toEqual([]);
  });

  it('makes one subject of many enrolments at once', async () => {
    const { ask } = openVerihubs();
    const image = await of(ANNA);
    const enrolments = await Promise.all(
      Array.from({ length: 24 }, () => ask('enroll', { image, subject_id: 'desk' })),
    );
    expect(enrolments.map(({ status }) => status)).toEqual(Array.from({ length: 24 }, () => 200));
    expect((await ask('search', { image, limit: 10 })).body.matches).toHaveLength(1);
    await ask('delete', { subject_id: 'desk' });
    expect((await ask('search', { image, limit: 10 })).body.matches).toEqual([]);
  });

  it('does not hide a subject from a verification that began before it was enrolled again', async () => {
    let held: Promise<void> | undefined;
    const gate = async () => {
      const mine = held;
      held = undefined;
      await mine;
    };
    const { ask } = openVerihubs({ engine: { gate } });
    const picture = { image: await of(ANNA), subject_id: 'desk' };
    await ask('enroll', picture);
    let release = (): void => {};
    held = new Promise((resolve) => {
      release = resolve;
    });
    const verifying = ask('verify', picture);
    await expect.poll(() => held === undefined, { timeout: 20_000 }).toBe(true);
    await ask('enroll', picture);
    release();
    expect((await verifying).body.similarity_status).toBe(true);
  });

  it('keeps nothing of a picture that fails a validation, nor anything of an earlier one lost', async () => {
    const { ask } = openVerihubs({ engine: faultyEngine(7) });
    const image = await of(ANNA);
    const failed = await ask('enroll', { ...VALIDATE_ALL, image });
    expect([failed.status, failed.body.error_code, failed.body.subject_id]).toEqual([200, 'FAIL_ON_7', null]);
    expect((await ask('search', { image })).body.matches).toEqual([]);
    await ask('enroll', { image, subject_id: 'desk' });
    await ask('enroll', { ...VALIDATE_ALL, image: await of(BORIS), subject_id: 'desk' });
    expect((await ask('verify', { image, subject_id: 'desk' })).body.similarity_status).toBe(true);
  });

  it.each([
    ['', 'INVALID_PAYLOAD_SUBJECT_ID_MISSING'],
    [null, 'INVALID_PAYLOAD_SUBJECT_ID_MISSING'],
    [{}, 'INVALID_PAYLOAD_SUBJECT_ID'],
  ])('refuses subject_id %j', async (subject_id, code) => {
    const { ask } = openVerihubs();
    const { status, body } = await ask('enroll', { image: await of(ANNA), subject_id });
    expect([status, body.error_code]).toEqual([400, code]);
  });

  it('needs a picture with a face', async () => {
    const { ask } = openVerihubs();
    expect((await ask('enroll', { subject_id: 'desk' })).body.error_code).toBe('MISSING_PAYLOAD_IMAGE');
    const { body } = await ask('enroll', { image: await nobody() });
    expect(body.error_code).toBe('FACE_NOT_DETECTED');
  });
});

describe('DELETE /v1/face/enroll', () => {
  it('erases the subject, named in the body', async () => {
    const { ask } = openVerihubs();
    const image = await of(ANNA);
    await ask('enroll', { image, subject_id: 'desk' });
    const { status, body } = await ask('delete', { subject_id: 'desk' });
    expect(status).toBe(200);
    expect(body).toEqual({
      message: 'Subject id desk successfully deleted',
      timestamp: expect.closeTo(Date.now() / 1000, -2),
    });
    expect((await ask('verify', { image, subject_id: 'desk' })).body.error_code).toBe(
      'INVALID_PAYLOAD_SUBJECT_ID',
    );
    expect((await ask('search', { image })).body.matches).toEqual([]);
    expect((await ask('delete', { subject_id: 'desk' })).body.error_code).toBe('INVALID_PAYLOAD_SUBJECT_ID');
  });

  it('takes the name from the query', async () => {
    const { app, ask } = openVerihubs();
    await ask('enroll', { image: await of(ANNA), subject_id: 'a b' });
    const headers = { 'app-id': 'acme', 'api-key': 'acme-key' };
    const response = await app.inject({ method: 'DELETE', url: '/v1/face/enroll?subject_id=a%20b', headers });
    expect([response.statusCode, response.json().message]).toEqual([
      200,
      'Subject id a b successfully deleted',
    ]);
  });

  it.each([
    [undefined, 'MISSING_PAYLOAD_SUBJECT_ID'],
    [{}, 'MISSING_PAYLOAD_SUBJECT_ID'],
    [{ subject_id: '' }, 'INVALID_PAYLOAD_SUBJECT_ID_MISSING'],
    [{ subject_id: null }, 'INVALID_PAYLOAD_SUBJECT_ID_MISSING'],
    [{ subject_id: ['desk'] }, 'INVALID_PAYLOAD_SUBJECT_ID'],
    [['desk'], 'INVALID_PAYLOAD'],
  ])('refuses %j', async (payload, code) => {
    const { ask } = openVerihubs();
    const { status, body } = await ask('delete', payload);
    expect([status, body.error_code]).toEqual([400, code]);
  });
});
