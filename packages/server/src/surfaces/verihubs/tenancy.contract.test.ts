import { describe, expect, it } from 'vitest';
import { principalOf } from './access.contract.ts';
import { ANNA, BORIS, of, openVerihubs } from './verihubs-app.contract.ts';

describe('two customers', () => {
  it("do not find each other's subjects: the answer has the bytes of one about nobody", async () => {
    const { ask, as } = openVerihubs({ principals: { rival: principalOf('rival') } });
    const other = as('rival');
    const image = await of(ANNA);
    await ask('enroll', { image, subject_id: 'anna' });
    for (const [operation, rest] of [
      ['verify', { image }],
      ['delete', {}],
    ] as const) {
      const theirs = await other(operation, { ...rest, subject_id: 'anna' });
      const nobodys = await other(operation, { ...rest, subject_id: 'nora' });
      expect([theirs.status, theirs.text]).toEqual([nobodys.status, nobodys.text]);
      expect(theirs.body.error_code).toBe('INVALID_PAYLOAD_SUBJECT_ID');
    }
    expect((await other('search', { image })).body.matches).toEqual([]);
    expect((await ask('verify', { image, subject_id: 'anna' })).body.similarity_status).toBe(true);
  });

  it('may give two people one name', async () => {
    const { ask, as } = openVerihubs({ principals: { rival: principalOf('rival') } });
    const other = as('rival');
    await ask('enroll', { image: await of(ANNA), subject_id: '1' });
    await other('enroll', { image: await of(BORIS), subject_id: '1' });
    const verify = { image: await of(ANNA), subject_id: '1' };
    expect((await ask('verify', verify)).body.similarity_status).toBe(true);
    expect((await other('verify', verify)).body.similarity_status).toBe(false);
    await other('delete', { subject_id: '1' });
    expect((await ask('verify', verify)).body.similarity_status).toBe(true);
  });
});
