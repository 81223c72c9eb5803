import { expect, it } from 'vitest';
import { principalOf } from './access.contract.ts';
import { ENROLLED } from './cases-under-test.contract.ts';
import { clip, enrollFaceOf, openFacia, still } from './facia-app.contract.ts';

const base64 = async () => (await still()).toString('base64');

/** One whose next enrolment is accepted. */
function accepting(options: Parameters<typeof openFacia>[0] = {}) {
  const facia = openFacia(options);
  facia.cases.decideNext(ENROLLED);
  return facia;
}

it('answers once the face is enrolled, in this order', async () => {
  const { ask, cases } = accepting();
  const request = { file_list: [await base64(), await base64()], client_reference: 'customer 7' };
  const { status, text } = await ask('enroll-face', { ...request, allow_override: 0 });
  expect(status).toBe(200);
  expect(text).toMatch(
    /^\{"status":true,"message":"Success","result":\{"data":\{"client_reference":"customer 7","reference_id":"[0-9A-Z]{15}"\}\}\}$/,
  );
  expect(cases.submissions).toMatchObject([
    {
      kind: 'enrolment',
      enrol: 'add',
      clientReference: 'customer 7',
      media: { further: [{ type: 'image' }] },
    },
  ]);
});

it('takes files of a form by their numbers, in whatever order they come', async () => {
  const { as, cases } = accepting();
  const form = new FormData();
  form.append('file_list[1]', new Blob([Buffer.from('ffd8ff02', 'hex')]), 'second.jpg');
  form.append('file_list[0]', new Blob([Buffer.from('ffd8ff01', 'hex')]), 'first.jpg');
  const ask = as({ 'client-secret': 'acme-secret', 'content-type': undefined });
  expect((await ask('enroll-face', form)).body.result.data.client_reference).toBeNull();
  const [{ media } = {}] = cases.submissions;
  expect([media?.probe, media?.further?.[0]].map((one) => one?.bytes?.[3])).toEqual([1, 2]);
});

it('replaces the latest of a name when told to', async () => {
  const { ask, cases } = accepting();
  await ask('enroll-face', { ...(await enrollFaceOf()), client_reference: 'customer 7', allow_override: 1 });
  expect(cases.submissions).toMatchObject([{ enrol: 'replace-latest' }]);
});

it.each([
  ['no-face', 'Face not detected in Image.'],
  ['unreadable', 'The provided proof is invalid. Please submit a clear, properly formatted image proof.'],
] as const)(
  'answers 400 when nobody was enrolled because of %s, and keeps nothing of it',
  async (cause, reason) => {
    const { ask, cases } = openFacia();
    cases.decideNext({ kind: 'enrolment', isAccepted: false, causes: [cause] });
    const { status, body } = await ask('enroll-face', await enrollFaceOf());
    expect([status, body.errors]).toEqual([400, { file_list: [reason] }]);
    expect([...cases.comments.values()]).toEqual(['nobody was enrolled']);
  },
);

it('answers 500 when it could not be examined, and keeps nothing of it', async () => {
  const { ask, cases } = openFacia();
  const asking = ask('enroll-face', await enrollFaceOf());
  await expect.poll(cases.awaited).toBe(1);
  cases.fail();
  expect((await asking).status).toBe(500);
  expect(cases.comments.size).toBe(1);
});

it('says that the transaction is there when it is not decided in time', async () => {
  const { ask } = openFacia({ env: { FACEGATE_ANSWER_TIMEOUT_MS: '1000' } });
  const { status, body } = await ask('enroll-face', await enrollFaceOf());
  expect([status, body.message]).toEqual([200, 'Transaction Created']);
  const { reference_id } = body.result.data;
  expect((await ask('result', { reference_id })).body.result.data.status).toBeNull();
});

it('tells at /result and /status that it is enrolled, to its own customer alone, until /delete', async () => {
  const { as, ask } = accepting();
  const { reference_id } = (await ask('enroll-face', await enrollFaceOf())).body.result.data;
  expect(Object.entries((await ask('result', { reference_id })).body.result.data)).toEqual([
    ['type', 'enroll_face'],
    ['reference_id', reference_id],
    ['client_reference', null],
    ['status', 1],
    ['decline_code', null],
    ['decline_reason', null],
    ['declined_proof', null],
  ]);
  const rival = as({ 'client-secret': 'rival-secret' });
  for (const operation of ['result', 'status', 'delete'] as const) {
    expect((await rival(operation, { reference_id, comment: 'mine' })).status).toBe(404);
  }
  const { data } = (await ask('status', { reference_id })).body.result;
  expect(data).toMatchObject({ type: 'enroll_face', status: 'ACCEPTED', similarity_status: null });
  expect((await ask('delete', { reference_id, comment: 'asked for' })).status).toBe(200);
  expect((await ask('result', { reference_id })).status).toBe(404);
});

const LIST = 'The file_list field';

it.each([
  [{}, [`${LIST} is required.`]],
  [{ file_list: [] }, [`${LIST} is required.`]],
  [{ file_list: null }, [`${LIST} is required.`]],
  [{ file_list: 'x' }, [`${LIST} must be an array.`]],
  [{ file_list: ['', 'x'] }, ['The file_list.0 field is required.']],
  [
    { file_list: [clip.toString('base64')] },
    ['The file_list.0 field must be a file of type: jpeg, jpg, png.'],
  ],
  [{ 'file_list[0]': 'x' }, ['The file_list.0 field must be a file of type: jpeg, jpg, png.']],
  [{ file_list: Array.from({ length: 6 }, () => 'x') }, [`${LIST} must not have more than 5 items.`]],
])('refuses the list %j', async (payload, problems) => {
  const { ask, cases } = openFacia();
  const { status, body } = await ask('enroll-face', payload);
  expect([status, body.errors, cases.submissions]).toEqual([400, { file_list: problems }, []]);
});

it('tells all that is wrong with the other fields at once', async () => {
  const { ask } = openFacia();
  const { body } = await ask('enroll-face', { file_list: 7, allow_override: '1' });
  expect(body.errors).toEqual({
    file_list: [`${LIST} must be an array.`],
    client_reference: ['The client_reference field is required when allow_override is 1.'],
  });
});

it('is for credentials that allow enrolment alone', async () => {
  const { ask } = openFacia({ principals: { acme: principalOf('acme', { scopes: ['verify', 'search'] }) } });
  expect((await ask('enroll-face', await enrollFaceOf())).status).toBe(403);
});

it('takes the quota of verifications in testing mode', async () => {
  const { account, ...rest } = principalOf('acme');
  const limits = { requestsPerMinute: {}, quotas: { verify: 0 } };
  const { ask } = openFacia({
    principals: { acme: { ...rest, account: { ...account, mode: 'testing', limits } } },
  });
  const { status, body } = await ask('enroll-face', await enrollFaceOf());
  expect([status, body.message]).toEqual([400, expect.stringContaining('limit')]);
});
