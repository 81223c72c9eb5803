import { describe, expect, it } from 'vitest';
import { ENROLLED } from './cases-under-test.contract.ts';
import {
  ageEstimationOf,
  enrollFaceOf,
  faceMatchOf,
  faceSearchOf,
  livenessOf,
  type Operation,
  openFacia,
} from './facia-app.contract.ts';

type Facia = ReturnType<typeof openFacia>;

/** A right request to each operation. */
const REQUESTS: Readonly<Record<Operation, (facia: Facia) => Promise<Record<string, string | number>>>> = {
  'request-access-token': async () => ({ client_id: 'acme', client_secret: 'acme-secret' }),
  liveness: livenessOf,
  'face-match': faceMatchOf,
  'face-search': faceSearchOf,
  'enroll-face': async ({ cases }) => {
    cases.decideNext(ENROLLED);
    return enrollFaceOf();
  },
  'age-estimation': ageEstimationOf,
  result: async ({ create }) => ({ reference_id: await create() }),
  status: async ({ create }) => ({ reference_id: await create() }),
  delete: async ({ create }) => ({ reference_id: await create(), comment: 'a b&c=é' }),
};

const OPERATIONS = Object.keys(REQUESTS) as Operation[];

type Fields = Record<string, string | number>;

const textsOf = (fields: Fields) =>
  Object.entries(fields).map(([name, value]): [string, string] => [name, `${value}`]);
const formOf = (fields: Fields) => {
  const form = new FormData();
  for (const [name, value] of textsOf(fields)) form.append(name, value);
  return form;
};
const encoded = (fields: Fields) => `${new URLSearchParams(textsOf(fields))}`;

const KINDS = [
  ['JSON', 'application/json', JSON.stringify],
  ['JSON in UTF-8', 'application/json; charset=utf-8', JSON.stringify],
  ['a urlencoded form', 'application/x-www-form-urlencoded', encoded],
  ['a multipart form', undefined, formOf],
  ['JSON called text', 'text/plain; charset=utf-8', JSON.stringify],
  ['a form called text', 'text/plain', encoded],
  ['JSON without a type', undefined, JSON.stringify],
  ['a form without a type', undefined, encoded],
] as const;

const CASES = OPERATIONS.flatMap((operation) => KINDS.map((kind) => [operation, ...kind] as const));

it.each(CASES)('%s takes %s', async (operation, _title, type, bodyOf) => {
  const facia = openFacia();
  const ask = facia.as({ 'client-secret': 'acme-secret', 'content-type': type });
  const { status, body } = await ask(operation, bodyOf(await REQUESTS[operation](facia)));
  expect([status, body.errors]).toEqual([200, undefined]);
  if (operation === 'delete') expect([...facia.cases.comments.values()]).toEqual(['a b&c=é']);
});

describe.each(OPERATIONS)('%s', (operation) => {
  it.each([
    [
      'JSON with remarks',
      'application/json',
      '{"reference_id": "X" // the one\n}',
      'The body is not valid JSON.',
    ],
    ['JSON with remarks called text', 'text/plain', '{"a": file.jpg}', 'The body is not valid JSON.'],
    ['a forbidden key', 'application/json', '{"__proto__":{}}', 'The JSON body holds a forbidden key.'],
    ['nothing at all', 'application/json', ' ', 'The body is not valid JSON.'],
    ['a form cut off', 'multipart/form-data; boundary=x', '--x\r\n', 'The form is malformed or was cut off.'],
    ['XML', 'application/xml', '<a/>', 'The body is of a type that is not accepted.'],
  ])('answers %s 400, and why', async (_title, type, payload, reason) => {
    const { as } = openFacia();
    const { status, body } = await as({ 'client-secret': 'acme-secret', 'content-type': type })(
      operation,
      payload,
    );
    expect([status, body]).toEqual([
      400,
      {
        status: false,
        message: 'Bad Request: One or more parameters are invalid or missing',
        errors: { body: [reason] },
      },
    ]);
  });

  it('takes a body that is no object, and none, for one without fields', async () => {
    const { ask } = openFacia();
    for (const payload of ['[]', '"x"', 'null', '7', undefined]) {
      const { status, body } = await ask(operation, payload);
      expect([payload, status, Object.values(body.errors)[0]]).toEqual([
        payload,
        400,
        [expect.stringMatching(/^The \w+ field is required\.$/)],
      ]);
    }
  });
});
