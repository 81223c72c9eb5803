import { comparisonScore, degrees, falseMatchRate } from '@facegate/engine/vocabulary';
import { expect, it } from 'vitest';
import type { SearchedFace } from '../identification/identification.ts';
import { judgeIdentification } from './judge-identification.ts';

const MOMENT = new Date(0);
const POINT = { x: 0, y: 0 };
const FACE = {
  box: { x: 0, y: 0, width: 1, height: 1 },
  landmarks: {
    subjectRightEye: POINT,
    subjectLeftEye: POINT,
    noseTip: POINT,
    subjectRightMouthCorner: POINT,
    subjectLeftMouthCorner: POINT,
  },
  roll: degrees(0),
  detectionScore: 1,
  portraits: [],
};
const SEEN = { faces: [FACE], shown: [] };

/** Somebody who looks like the face as one stranger in `1 / rate` does, among so many. */
function searchedAmong(searched: number, rate: number): SearchedFace {
  const subject = {
    id: 's',
    name: '',
    metadata: { case: 'ENROLLED' },
    groupIds: [],
    createdAt: MOMENT,
    updatedAt: MOMENT,
  };
  const reference = {
    id: 'r',
    subjectId: 's',
    contentType: '',
    metadata: {},
    createdAt: MOMENT,
    updatedAt: MOMENT,
  };
  const scores = { comparisonScore: comparisonScore(0.5), falseMatchRate: falseMatchRate(rate) };
  return {
    face: FACE,
    candidates: [{ subject, references: [{ reference, ...scores }] }],
    reranked: 1,
    searched,
  };
}

it.each([
  [1, 1e-4, true],
  [100, 1e-4, true],
  [101, 1e-4, false],
  [1547, 1e-5, false],
  [1547, 6e-6, true],
  [1_000_000, 1e-8, true],
  [1_000_000, 2e-8, false],
])('of %i who were searched, one as alike as %d of strangers is found: %s', (searched, rate, isFound) => {
  const decision = judgeIdentification(SEEN, searchedAmong(searched, rate));
  expect(decision).toMatchObject({ isAccepted: true, causes: [] });
  expect('candidate' in decision).toBe(isFound);
});

it('names who was found by its own id, and by the case that enrolled it where there was one', () => {
  const searched = searchedAmong(1, 1e-6);
  const found = { subjectId: 's', reference: 'ENROLLED', comparisonScore: 0.5, falseMatchRate: 1e-6 };
  expect(judgeIdentification(SEEN, searched)).toMatchObject({ candidate: found });
  const [candidate] = searched.candidates;
  if (candidate === undefined) throw new Error('there is a candidate');
  const elsewhere = {
    ...candidate,
    subject: { ...candidate.subject, externalId: 'customer 7', metadata: {} },
  };
  const { reference: _, ...unnamed } = found;
  expect(judgeIdentification(SEEN, { ...searched, candidates: [elsewhere] })).toHaveProperty('candidate', {
    ...unnamed,
    clientReference: 'customer 7',
  });
});

it('accepts a face that is nobody, and declines what shows none', () => {
  const nobody = { ...searchedAmong(10, 1), candidates: [] };
  expect(judgeIdentification(SEEN, nobody)).toEqual({ kind: 'identification', isAccepted: true, causes: [] });
  const causesOf = (...given: Parameters<typeof judgeIdentification>) => judgeIdentification(...given).causes;
  expect(causesOf({ faces: [], shown: [] }, undefined)).toEqual(['no-face']);
  expect(causesOf('unreadable', undefined)).toEqual(['unreadable']);
});
