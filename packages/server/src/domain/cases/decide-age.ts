import type { CaseDecision } from './case.ts';
import { type Decided, type DecidingParts, facesOf, mediumOf, type Opened, shownOf } from './decided.ts';
import type { Look } from './look.ts';
import { lookAtFace } from './look-at-face.ts';

/** Tells the age of the face of a picture. */
export async function decideAge(
  { processor }: Pick<DecidingParts, 'processor'>,
  opened: Opened,
  signal: AbortSignal,
): Promise<Decided> {
  const wanted = { attributes: ['age'], template: opened.enrol !== undefined } as const;
  const seen = await lookAtFace(processor, { medium: mediumOf(opened, 'probe'), wanted }, signal);
  return { decision: judgeAge(seen), shown: shownOf(seen), faces: facesOf(seen) };
}

/** Accepts every picture that shows a face: no age is a reason to decline. */
function judgeAge(look: Look): Extract<CaseDecision, { kind: 'age-estimation' }> {
  if (look === 'unreadable') return { kind: 'age-estimation', isAccepted: false, causes: ['unreadable'] };
  const [face] = look.faces;
  if (face === undefined) return { kind: 'age-estimation', isAccepted: false, causes: ['no-face'] };
  const ageYears = face.attributes?.age;
  return {
    kind: 'age-estimation',
    isAccepted: true,
    causes: [],
    ...(ageYears !== undefined && { ageYears }),
  };
}
