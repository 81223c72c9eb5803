import { describe, expect, it } from 'vitest';
import { principalOf } from './access.contract.ts';
import { FOUND_NOBODY, foundAt } from './cases-under-test.contract.ts';
import { clip, faceSearchOf, openFacia, still } from './facia-app.contract.ts';

const REFERENCE = 'ENROLLED1234567';

/** A search that was decided. */
async function searched(decision: Parameters<ReturnType<typeof openFacia>['cases']['decide']>[0]) {
  const facia = openFacia();
  const { body } = await facia.ask('face-search', { ...(await faceSearchOf()), client_reference: 'door 7' });
  const { reference_id } = body.result.data;
  const data = await facia.resultOf(reference_id, decision);
  return { ...facia, reference_id, data };
}

it('opens a transaction about one picture, told by its reference', async () => {
  const { ask, cases } = openFacia();
  const { status, body } = await ask('face-search', await faceSearchOf());
  expect([status, body.message]).toEqual([200, 'Transaction Created']);
  expect(body.result.data).toEqual({ reference_id: expect.stringMatching(/^[0-9A-Z]{15}$/) });
  const [{ kind, media, ...rest } = {}] = cases.submissions;
  expect([kind, rest]).toEqual(['identification', { space: 'acme/facia' }]);
  expect(Buffer.from(media?.probe.bytes ?? [])).toEqual(await still());
});

it('waits for the search when told to, and answers the body of /result', async () => {
  const { ask, cases } = openFacia();
  cases.decideNext(FOUND_NOBODY);
  const { body } = await ask('face-search', { ...(await faceSearchOf()), wait_for_result: 1 });
  expect([body.message, body.result.data]).toMatchObject(['success', { type: 'face_search', status: 1 }]);
});

describe('/result', () => {
  it('tells who was found and how alike they look, in this order', async () => {
    const { data } = await searched(foundAt(1e-5, { reference: REFERENCE, clientReference: 'customer 7' }));
    expect(Object.entries(data)).toEqual([
      ['type', 'face_search'],
      ['reference_id', expect.any(String)],
      ['client_reference', 'door 7'],
      ['status', 1],
      ['similarity_score', expect.closeTo(0.88)],
      ['similarity_status', 1],
      ['matched_reference_id', REFERENCE],
      ['matched_client_reference', 'customer 7'],
      ['decline_code', null],
      ['decline_reason', null],
      ['declined_proof', null],
    ]);
  });

  it('names somebody who was enrolled without a client reference by the transaction alone', async () => {
    const { data } = await searched(foundAt(1e-9, { reference: REFERENCE }));
    expect(data).toMatchObject({ matched_reference_id: REFERENCE, matched_client_reference: null });
  });

  it('accepts a search that finds nobody, and says so', async () => {
    const { data } = await searched(FOUND_NOBODY);
    expect(data).toMatchObject({
      status: 1,
      similarity_score: null,
      similarity_status: 0,
      matched_reference_id: null,
      matched_client_reference: null,
      decline_code: null,
    });
  });

  it.each([
    ['no-face', 'FADR11'],
    ['unreadable', 'FADR20'],
  ] as const)('declines %s as %s, without similarity', async (cause, decline_code) => {
    const { data } = await searched({ kind: 'identification', isAccepted: false, causes: [cause] });
    expect(data).toMatchObject({ status: 0, similarity_status: null, decline_code });
    expect(data.declined_proof).toContain('/api/image-url/');
  });
});

it('has the same keys at /status as every transaction, and is gone after /delete', async () => {
  const { ask, reference_id } = await searched(foundAt(1e-5, { reference: REFERENCE }));
  const { data } = (await ask('status', { reference_id })).body.result;
  expect(data).toMatchObject({ type: 'face_search', status: 'ACCEPTED', similarity_status: 1 });
  expect(data.quick_liveness_image).toContain('/get-proof/');
  expect(Object.keys(data)).toHaveLength(10);
  expect((await ask('delete', { reference_id, comment: 'asked for' })).status).toBe(200);
  expect((await ask('result', { reference_id })).status).toBe(404);
});

it("is not another customer's", async () => {
  const { as, reference_id } = await searched(FOUND_NOBODY);
  const rival = as({ 'client-secret': 'rival-secret' });
  for (const operation of ['result', 'status', 'delete'] as const) {
    expect((await rival(operation, { reference_id, comment: 'mine' })).status).toBe(404);
  }
});

it.each([
  [{ type: 'liveness' }, { type: ['The selected type is invalid.'] }],
  [{ file: undefined }, { file: ['The file field is required.'] }],
  [{ file: clip.toString('base64') }, { file: ['The file field must be a file of type: jpeg, jpg, png.'] }],
  [
    { client_reference: 'four' },
    { client_reference: ['The client_reference field must be between 5 and 255 characters.'] },
  ],
  [
    { allow_override: 1 },
    { client_reference: ['The client_reference field is required when allow_override is 1.'] },
  ],
  [
    { allow_override: 2, enroll_face: 'x', wait_for_result: 'y' },
    {
      allow_override: ['The allow_override field must be true or false.'],
      enroll_face: ['The enroll_face field must be true or false.'],
      wait_for_result: ['The wait_for_result field must be true or false.'],
    },
  ],
])('refuses %j', async (change, problems) => {
  const { ask, cases } = openFacia();
  const { status, body } = await ask('face-search', { ...(await faceSearchOf()), ...change });
  expect([status, body.errors, cases.submissions]).toEqual([400, problems, []]);
});

it('enrols as it is asked, for credentials that allow both', async () => {
  const searcher = principalOf('searcher', { scopes: ['search'] });
  const { as, ask, cases } = openFacia({ principals: { acme: principalOf('acme'), searcher } });
  const request = { ...(await faceSearchOf()), client_reference: 'customer 7', allow_override: 1 };
  expect((await ask('face-search', { ...request, enroll_face: 1 })).status).toBe(200);
  expect(cases.submissions).toMatchObject([{ enrol: 'replace-latest', clientReference: 'customer 7' }]);
  const only = as({ 'client-secret': 'searcher-secret' });
  expect((await only('face-search', { ...request, enroll_face: 1 })).status).toBe(403);
  expect((await only('face-search', request)).status).toBe(200);
  expect(cases.submissions[1]).not.toHaveProperty('enrol');
});

it('takes the quota of verifications in testing mode', async () => {
  const { account, ...rest } = principalOf('acme');
  const limits = { requestsPerMinute: {}, quotas: { verify: 0 } };
  const { ask } = openFacia({
    principals: { acme: { ...rest, account: { ...account, mode: 'testing', limits } } },
  });
  const { status, body } = await ask('face-search', await faceSearchOf());
  expect([status, body.message]).toEqual([400, expect.stringContaining('limit')]);
});
