import { expect, it } from 'vitest';
import { errors } from '../../domain/errors.ts';
import { principalOf } from './access.contract.ts';
import { comparedAt } from './cases-under-test.contract.ts';
import { clip, faceMatchOf, openFacia, still } from './facia-app.contract.ts';

it('opens a transaction about two pictures, and answers nulls until it is decided', async () => {
  const { ask, cases } = openFacia();
  const { status, body } = await ask('face-match', await faceMatchOf());
  expect([status, body.message]).toEqual([200, 'Transaction Created']);
  expect(Object.entries(body.result.data)).toEqual([
    ['reference_id', expect.stringMatching(/^[0-9A-Z]{15}$/)],
    ['similarity_score', null],
    ['similarity_status', null],
  ]);
  const [{ kind, media } = {}] = cases.submissions;
  expect(kind).toBe('verification');
  expect(Buffer.from(media?.probe.bytes ?? [])).toEqual(await still());
  expect(Buffer.from(media?.reference?.bytes ?? [])).not.toEqual(await still());
});

it('waits for the comparison when told to', async () => {
  const { ask, cases } = openFacia();
  const waiting = ask('face-match', { ...(await faceMatchOf()), wait_for_result: true });
  await expect.poll(cases.awaited).toBe(1);
  cases.decide(comparedAt(1e-5));
  expect((await waiting).body.result.data).toMatchObject({ similarity_score: 0.88, similarity_status: 1 });
});

it('tells what came of it at /result, in this order', async () => {
  const { createMatch, resultOf } = openFacia();
  const data = await resultOf(
    await createMatch({ client_reference: 'order 7' }),
    comparedAt(0.1, ['not-matched']),
  );
  expect(Object.entries(data)).toEqual([
    ['type', 'photo_id_match'],
    ['reference_id', expect.any(String)],
    ['client_reference', 'order 7'],
    ['status', 0],
    ['similarity_score', expect.closeTo(0.25)],
    ['similarity_status', 0],
    ['decline_code', 'FADR26'],
    ['decline_reason', 'Face not matched.'],
    ['declined_proof', expect.stringContaining('/api/image-url/')],
  ]);
});

it.each([
  ['no-face', 'FADR11'],
  ['no-face-in-reference', 'FADR12'],
  ['no-face-in-both', 'FADR13'],
] as const)('declines %s as %s, without similarity', async (cause, decline_code) => {
  const { createMatch, resultOf } = openFacia();
  const decision = { kind: 'verification', isAccepted: false, causes: [cause] } as const;
  const nulls = { similarity_score: null, similarity_status: null };
  expect(await resultOf(await createMatch(), decision)).toMatchObject({ status: 0, decline_code, ...nulls });
});

it('says that two pictures match also where one is declined for something else', async () => {
  const { createMatch, resultOf } = openFacia();
  const data = await resultOf(await createMatch(), comparedAt(1e-6, ['presentation-attack']));
  expect(data).toMatchObject({ status: 0, similarity_status: 1, decline_code: 'FADR21' });
});

it.each([
  [{ face_frame: undefined }, { face_frame: ['The face_frame field is required.'] }],
  [{ id_frame: null }, { id_frame: ['The id_frame field is required.'] }],
  [
    { id_frame: clip.toString('base64') },
    { id_frame: ['The id_frame field must be a file of type: jpeg, jpg, png.'] },
  ],
  [{ type: 'liveness' }, { type: ['The selected type is invalid.'] }],
  [
    { enroll_face: 'perhaps', allow_override: true },
    {
      client_reference: ['The client_reference field is required when allow_override is 1.'],
      enroll_face: ['The enroll_face field must be true or false.'],
    },
  ],
])('refuses %j', async (change, problems) => {
  const { ask } = openFacia();
  const { status, body } = await ask('face-match', { ...(await faceMatchOf()), ...change });
  expect([status, body.errors]).toEqual([400, problems]);
});

it.each([
  [{}, undefined],
  [{ enroll_face: false, client_reference: 'customer 7' }, undefined],
  [{ enroll_face: 1 }, 'add'],
  [{ enroll_face: 'true', allow_override: 0, client_reference: 'customer 7' }, 'add'],
  [{ enroll_face: true, allow_override: 1, client_reference: 'customer 7' }, 'replace-latest'],
] as const)('asked for %j has the first picture enrolled thus: %s', async (change, enrol) => {
  const { ask, cases } = openFacia();
  await ask('face-match', { ...(await faceMatchOf()), ...change });
  expect(cases.submissions).toMatchObject([{ kind: 'verification', ...(enrol && { enrol }) }]);
  if (enrol === undefined) expect(cases.submissions[0]).not.toHaveProperty('enrol');
});

it('enrols for credentials that allow it alone', async () => {
  const { as, cases } = openFacia({
    principals: { verifier: principalOf('verifier', { scopes: ['verify'] }) },
  });
  const ask = as({ 'client-secret': 'verifier-secret' });
  const request = await faceMatchOf();
  expect((await ask('face-match', { ...request, enroll_face: true })).status).toBe(403);
  expect(cases.submissions).toEqual([]);
  expect((await ask('face-match', request)).status).toBe(200);
});

it('names both pictures when one of them cannot be read', async () => {
  const { ask } = openFacia({ refusal: errors.imageUnreadable('inner words') });
  const { status, body } = await ask('face-match', await faceMatchOf());
  const problem = ['The face_frame or id_frame field cannot be read.'];
  expect([status, body.errors]).toEqual([400, { face_frame: problem, id_frame: problem }]);
});

it('takes the quota of verifications in testing mode', async () => {
  const { account, ...rest } = principalOf('acme');
  const testing = {
    ...account,
    mode: 'testing',
    limits: { requestsPerMinute: {}, quotas: { verify: 0 } },
  } as const;
  const { ask } = openFacia({ principals: { acme: { ...rest, account: testing } } });
  const { status, body } = await ask('face-match', await faceMatchOf());
  expect([status, body.message]).toEqual([400, expect.stringContaining('limit')]);
});
