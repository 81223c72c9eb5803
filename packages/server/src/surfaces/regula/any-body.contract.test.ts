import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ask, NOBODY, openPeopleApp } from './people-app.contract.ts';

const KEYS = ['name', 'metadata', 'groups', 'ttl', 'image', 'content', 'imageUrl', 'resizeOptions', 'width'];
const MORE_KEYS = ['filter', 'op', 'field', 'value', 'threshold', 'limit', 'groupIds', 'addItems', 'images'];
const VALUES = ['', '\0', '\ud800', 'in', 'name', NOBODY, -1, 0, 1, 1.5, 1e308, true, null, 'AAAA'];

/** JSON made of our own keys and of values that sit on borders. */
const body = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(...VALUES),
    fc.array(tie('value'), { maxLength: 2 }),
    tie('object'),
  ),
  object: fc.dictionary(fc.constantFrom(...KEYS, ...MORE_KEYS, 'createPerson'), tie('value'), { maxKeys: 5 }),
})).object;

it.each([
  ['POST', '/api/persons'],
  ['PUT', `/api/persons/${NOBODY}`],
  ['POST', `/api/persons/${NOBODY}/images`],
  ['POST', '/api/groups'],
  ['PUT', `/api/groups/${NOBODY}`],
  ['PUT', `/api/groups/${NOBODY}/persons`],
  ['POST', '/api/search'],
  ['POST', '/api/match_and_search'],
] as const)('%s %s is answered as it says, whatever is sent', async (method, url) => {
  const send = ask(openPeopleApp().app);
  await fc.assert(
    fc.asyncProperty(body, async (payload) => {
      const { status, answer } = await send(method, url, payload);
      expect([200, 201, 204, 400, 404]).toContain(status);
      if (status >= 400) expect(answer.statusCode).toBe(status);
    }),
    { numRuns: 150 },
  );
});
