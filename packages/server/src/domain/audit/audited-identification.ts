import type { AccountId } from '../enrolment/records.ts';
import type {
  Candidate,
  Identification,
  IdentificationInput,
  IdentificationOutcome,
} from '../identification/identification.ts';
import type { Deed, Scribe } from './scribe.ts';

/** The same use cases; whom a search found is noted, and whom it enrolled is recorded before it is answered. */
export const auditedIdentification = (identification: Identification, scribe: Scribe): Identification => ({
  identify: async (account, input, signal) => {
    const outcome = await identifyOrNote(identification, scribe, [account, input, signal]);
    const enrolled = outcome.outcome === 'searched' ? outcome.enrolled : undefined;
    scribe.note(searchOf(account, outcome));
    if (enrolled !== undefined) {
      const { subject, reference } = enrolled;
      const details = { reference: reference.id };
      await scribe.record({
        account,
        action: 'subject.enrol',
        subjects: [subject.id],
        outcome: 'done',
        details,
      });
    }
    return outcome;
  },
  verifyAndIdentify: async (account, input, signal) => {
    const result = await identification.verifyAndIdentify(account, input, signal);
    const candidates = result.candidates.flat();
    const details = { images: result.acquisitions.length, faces: candidates.length };
    scribe.note({ ...search(account, candidates.flat()), details });
    return result;
  },
});

/** A search that was to enrol whom it does not find changes the store: it may have done so and failed all the same. */
async function identifyOrNote(
  identification: Identification,
  scribe: Scribe,
  [account, input, signal]: [AccountId, IdentificationInput, AbortSignal | undefined],
): Promise<IdentificationOutcome> {
  const search = () => identification.identify(account, input, signal);
  return input.enrolUnknown === undefined
    ? search()
    : scribe.attempting(search, { account, action: 'subject.enrol', outcome: 'failed' });
}

function searchOf(account: AccountId, result: IdentificationOutcome): Deed {
  if (result.outcome === 'failure-to-acquire') {
    return { account, action: 'face.search', outcome: 'failure-to-acquire' };
  }
  const candidates = result.faces.flatMap((face) => face.candidates);
  return { ...search(account, candidates), details: { images: 1, faces: result.faces.length } };
}

function search(account: AccountId, candidates: readonly Candidate[]): Deed {
  const subjects = [...new Set(candidates.map(({ subject }) => subject.id))];
  const outcome = subjects.length > 0 ? 'candidates' : 'no-candidate';
  return { account, action: 'face.search', subjects, outcome };
}
