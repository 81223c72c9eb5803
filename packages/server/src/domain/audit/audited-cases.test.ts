import { expect, it } from 'vitest';
import { WITHOUT_STORE } from '../../without-store.contract.ts';
import type { Case } from '../cases/case.ts';
import type { Cases } from '../cases/cases.ts';
import type { AccountId } from '../enrolment/records.ts';
import { errors } from '../errors.ts';
import type { AuditEntry } from './audit.ts';
import { auditedCases } from './audited-cases.ts';
import { createScribe } from './scribe.ts';

const HERE = 'here/facia' as AccountId;
const REFERENCE = 'ABCDEFGHIJ12345';
const SUBMITTED: Case = {
  reference: REFERENCE,
  kind: 'injection',
  state: 'pending',
  createdAt: new Date(0),
  proofs: [],
};
const SUBMISSION = {
  kind: 'injection',
  clientReference: 'secret order',
  media: { probe: { bytes: Uint8Array.of(1, 2, 3), type: 'image' } },
} as const;

function audited(cases: Partial<Cases>) {
  const written: { entry: AuditEntry; how: string }[] = [];
  const scribe = createScribe(
    {
      record: async (entry) => void written.push({ entry, how: 'recorded' }),
      note: (entry) => void written.push({ entry, how: 'noted' }),
    },
    () => ({ account: HERE, actor: 'credential-1', requestId: 'request-1' }),
  );
  return { written, ...auditedCases({ ...WITHOUT_STORE.cases, ...cases }, scribe) };
}

it('records who submitted and who erased which case, and nothing of what it holds', async () => {
  const { written, submit, erase } = audited({ submit: async () => SUBMITTED, erase: async () => {} });
  expect(await submit(HERE, SUBMISSION)).toBe(SUBMITTED);
  await erase(HERE, REFERENCE, 'secret comment');
  const whose = {
    account: HERE,
    actor: 'credential-1',
    subjects: [],
    outcome: 'done',
    requestId: 'request-1',
  };
  expect(written).toEqual([
    {
      how: 'recorded',
      entry: { ...whose, action: 'case.submit', details: { reference: REFERENCE, kind: 'injection' } },
    },
    { how: 'recorded', entry: { ...whose, action: 'case.erase', details: { reference: REFERENCE } } },
  ]);
});

it('records whether somebody is to be enrolled', async () => {
  const { written, submit } = audited({ submit: async () => SUBMITTED });
  await submit(HERE, { ...SUBMISSION, kind: 'enrolment', enrol: 'replace-latest' });
  const details = { reference: REFERENCE, kind: 'enrolment', enrol: 'replace-latest' };
  expect(written).toMatchObject([{ entry: { action: 'case.submit', details } }]);
});

it('notes what may have been done though the store fell silent, and not what the caller got wrong', async () => {
  const silent = audited({
    submit: async () => {
      throw errors.unavailable('silent');
    },
    erase: async () => {
      throw errors.notFound('case');
    },
  });
  await expect(silent.submit(HERE, SUBMISSION)).rejects.toMatchObject({ code: 'unavailable' });
  await expect(silent.erase(HERE, REFERENCE, '')).rejects.toMatchObject({ code: 'not-found' });
  expect(silent.written).toMatchObject([
    { how: 'noted', entry: { action: 'case.submit', outcome: 'failed' } },
  ]);
});
