import { expect, it } from 'vitest';
import { principalOf } from './access.contract.ts';
import { aged } from './cases-under-test.contract.ts';
import { ageEstimationOf, clip, openFacia } from './facia-app.contract.ts';

async function estimated(decision: Parameters<ReturnType<typeof openFacia>['cases']['decide']>[0]) {
  const facia = openFacia();
  const { body } = await facia.ask('age-estimation', await ageEstimationOf());
  const { reference_id } = body.result.data;
  return { ...facia, created: body, reference_id, data: await facia.resultOf(reference_id, decision) };
}

it('opens a transaction, and tells the age in whole years at /result, in this order', async () => {
  const { created, data } = await estimated(aged(31.6));
  expect(created).toEqual({
    status: true,
    message: 'Transaction Created',
    result: { data: { reference_id: expect.stringMatching(/^[0-9A-Z]{15}$/) } },
  });
  expect(Object.entries(data)).toEqual([
    ['type', 'age_estimation'],
    ['reference_id', expect.any(String)],
    ['client_reference', null],
    ['status', 1],
    ['estimated_age', 32],
    ['decline_code', null],
    ['decline_reason', null],
    ['declined_proof', null],
  ]);
});

it('waits for the age when told to', async () => {
  const { ask, cases } = openFacia();
  cases.decideNext(aged(18.2));
  const { body } = await ask('age-estimation', { ...(await ageEstimationOf()), wait_for_result: true });
  expect([body.message, body.result.data.estimated_age]).toEqual(['success', 18]);
});

it('declines a picture without a face as FADR11, and tells no age', async () => {
  const { data } = await estimated({ kind: 'age-estimation', isAccepted: false, causes: ['no-face'] });
  expect(data).toMatchObject({
    status: 0,
    estimated_age: null,
    decline_code: 'FADR11',
    decline_reason: 'Face not detected in Image.',
  });
});

it("is told at /status, gone after /delete, and never another customer's", async () => {
  const { as, ask, reference_id } = await estimated(aged(40));
  const rival = as({ 'client-secret': 'rival-secret' });
  for (const operation of ['result', 'status', 'delete'] as const) {
    expect((await rival(operation, { reference_id, comment: 'mine' })).status).toBe(404);
  }
  const { data } = (await ask('status', { reference_id })).body.result;
  expect(data).toMatchObject({ type: 'age_estimation', status: 'ACCEPTED', similarity_score: null });
  expect((await ask('delete', { reference_id, comment: 'asked for' })).status).toBe(200);
  expect((await ask('status', { reference_id })).status).toBe(404);
});

it.each([
  [{ type: 'age' }, { type: ['The selected type is invalid.'] }],
  [{ file: '' }, { file: ['The file field is required.'] }],
  [{ file: clip.toString('base64') }, { file: ['The file field must be a file of type: jpeg, jpg, png.'] }],
  [
    { enroll_face: 2, wait_for_result: 'x' },
    {
      enroll_face: ['The enroll_face field must be true or false.'],
      wait_for_result: ['The wait_for_result field must be true or false.'],
    },
  ],
])('refuses %j', async (change, problems) => {
  const { ask, cases } = openFacia();
  const { status, body } = await ask('age-estimation', { ...(await ageEstimationOf()), ...change });
  expect([status, body.errors, cases.submissions]).toEqual([400, problems, []]);
});

it.each([
  [['admin'], {}, 200, 'add'],
  [['admin'], { enroll_face: false }, 200, undefined],
  [['verify'], {}, 200, undefined],
  [['verify'], { enroll_face: 0 }, 200, undefined],
  [['verify'], { enroll_face: 1 }, 403, undefined],
] as const)(
  'with the scopes %j, asked for %j, answers %i and enrols: %s',
  async (scopes, change, expected, enrol) => {
    const { ask, cases } = openFacia({ principals: { acme: principalOf('acme', { scopes }) } });
    const { status } = await ask('age-estimation', { ...(await ageEstimationOf()), ...change });
    expect([status, cases.submissions[0]?.enrol]).toEqual([expected, enrol]);
  },
);
