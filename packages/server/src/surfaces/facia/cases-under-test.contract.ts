import { createHmac, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { falseMatchRate } from '@facegate/engine/vocabulary';
import type { Case, CaseDecision, CaseKind, ProofName } from '../../domain/cases/case.ts';
import type { Cases, Submission } from '../../domain/cases/cases.ts';
import type { AccountId } from '../../domain/enrolment/records.ts';
import { errors, type FaceError } from '../../domain/errors.ts';

export interface CasesUnderTest extends Cases {
  /** The examination ends, the only one that waits if none is named. */
  decide(decision: CaseDecision, reference?: string): void;
  /** The next one that is waited for is decided so. */
  decideNext(decision: CaseDecision): void;
  /** The examination ends without a decision, the only one that waits if none is named. */
  fail(reference?: string): void;
  pass(seconds: number): void;
  /** How many callers wait for a decision. */
  readonly awaited: () => number;
  readonly submissions: readonly (Submission & { readonly space: AccountId })[];
  /** Of erased cases. */
  readonly comments: ReadonlyMap<string, string>;
}

interface Kept {
  readonly space: AccountId;
  readonly submission: Submission;
  shown: Case;
}

interface KnownLink {
  readonly reference: string;
  readonly proof: ProofName;
}

const LIFETIME_SECONDS = 900;
const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Cases in memory that a test decides. @param refusal  of everything that is submitted. */
export function openCases({ refusal }: { readonly refusal?: FaceError } = {}): CasesUnderTest {
  const kept = new Map<string, Kept>();
  const links = new Map<string, KnownLink>();
  const comments = new Map<string, string>();
  const submissions: (Submission & { space: AccountId })[] = [];
  const waiting = new Map<string, () => void>();
  const coming: CaseDecision[] = [];
  const key = randomBytes(32);
  const time = { nowMs: 1_800_000_000_000 };
  const seal = (id: string, expires: string) =>
    createHmac('sha256', key).update(`${id} ${expires}`).digest('hex');
  const keptOf = (space: AccountId, reference: string): Kept => {
    const found = kept.get(reference);
    if (found?.space !== space) throw errors.notFound('case');
    return found;
  };
  const settle = (reference: string, change: Pick<Case, 'state'> & Partial<Case>) => {
    const found = kept.get(reference);
    if (found === undefined) throw new Error(`no case ${reference}`);
    const { kind, media } = found.submission;
    found.shown = { ...found.shown, proofs: proofsOf(kind, media.probe.type), ...change };
    waiting.get(reference)?.();
  };

  return {
    comments,
    submissions,
    awaited: () => waiting.size,
    decide: (decision, reference = [...waiting.keys()][0] ?? '') =>
      settle(reference, { state: 'completed', decision }),
    decideNext: (decision) => void coming.push(decision),
    fail: (reference = [...waiting.keys()][0] ?? '') => settle(reference, { state: 'failed', proofs: [] }),
    pass: (seconds) => {
      time.nowMs += seconds * 1000;
    },

    submit: async (space, submission) => {
      if (refusal !== undefined) throw refusal;
      submissions.push({ ...submission, space });
      const reference = Array.from(randomBytes(15), (byte) => LETTERS[byte % LETTERS.length]).join('');
      const shown = shownOf(reference, submission);
      kept.set(reference, { space, submission, shown });
      return shown;
    },
    find: async (space, reference) => keptOf(space, reference).shown,
    settled: async (space, reference, signal) => {
      await new Promise<void>((resolve) => {
        waiting.set(reference, resolve);
        const decision = coming.shift();
        if (decision !== undefined) settle(reference, { state: 'completed', decision });
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => resolve());
      });
      waiting.delete(reference);
      return keptOf(space, reference).shown;
    },
    erase: async (space, reference, comment) => {
      keptOf(space, reference);
      kept.delete(reference);
      comments.set(reference, comment);
    },
    linkTo: async (space, reference, proof) => {
      keptOf(space, reference);
      const id = randomBytes(12).toString('hex');
      const expires = Math.floor(time.nowMs / 1000) + LIFETIME_SECONDS;
      links.set(id, { reference, proof });
      return { id, expiresAt: new Date(expires * 1000), signature: seal(id, `${expires}`) };
    },
    openLink: async ({ id, expires, signature }) => {
      if (signature !== seal(id, expires) || Number(expires) * 1000 <= time.nowMs) return undefined;
      const { reference = '', proof } = links.get(id) ?? {};
      const found = kept.get(reference);
      if (found === undefined) return 'gone';
      const { probe, reference: second } = found.submission.media;
      const shown = proof === 'reference' ? second : probe;
      const contentType = proof === 'video' ? 'video/mp4' : 'image/jpeg';
      const { bytes = new Uint8Array() } = shown ?? probe;
      return { sizeBytes: bytes.length, read: () => Readable.from([bytes]), contentType };
    },
  };
}

const shownOf = (reference: string, { kind, clientReference }: Submission): Case => ({
  reference,
  kind,
  state: 'pending',
  createdAt: new Date(),
  proofs: [],
  ...(clientReference !== undefined && { clientReference }),
});

function proofsOf(kind: CaseKind, type: 'image' | 'video'): ProofName[] {
  if (kind === 'verification') return ['probe', 'reference'];
  return type === 'video' ? ['video', 'first-frame', 'worst-frame'] : ['probe'];
}

export const GENUINE: CaseDecision = {
  kind: 'injection',
  isAccepted: true,
  causes: [],
  manipulationProbability: 0.031,
  isDetermined: true,
};

export const MANIPULATED: CaseDecision = {
  kind: 'injection',
  isAccepted: false,
  causes: ['manipulated', 'blurred'],
  manipulationProbability: 0.2359273945279834,
  isDetermined: false,
};

export const ENROLLED: CaseDecision = { kind: 'enrolment', isAccepted: true, causes: [] };

/** Somebody whom the transaction `reference` enrolled. @param rate  false match rate of the comparison. */
export const foundAt = (
  rate: number,
  names: { reference: string; clientReference?: string },
): CaseDecision => ({
  kind: 'identification',
  isAccepted: true,
  causes: [],
  candidate: {
    subjectId: '01890000-0000-7000-8000-000000000000',
    ...names,
    comparisonScore: 0.7 as never,
    falseMatchRate: falseMatchRate(rate),
  },
});

export const FOUND_NOBODY: CaseDecision = { kind: 'identification', isAccepted: true, causes: [] };

export const aged = (ageYears: number): CaseDecision => ({
  kind: 'age-estimation',
  isAccepted: true,
  causes: [],
  ageYears,
});

/** @param rate  false match rate of the comparison. */
export const comparedAt = (rate: number, causes: CaseDecision['causes'] = []): CaseDecision => ({
  kind: 'verification',
  isAccepted: causes.length === 0,
  causes,
  comparison: {
    comparisonScore: 0.5 as never,
    falseMatchRate: falseMatchRate(rate),
  },
});
