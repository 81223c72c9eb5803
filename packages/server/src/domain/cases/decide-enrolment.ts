import type { CaseDecision, DeclineCause } from './case.ts';
import { type Decided, type DecidingParts, facesOf, type Opened, shownOf } from './decided.ts';
import type { Look } from './look.ts';
import { lookAtFace } from './look-at-face.ts';

/** Looks for a face in each picture of an enrolment. The first is shown. */
export async function decideEnrolment(
  { processor }: Pick<DecidingParts, 'processor'>,
  { media }: Opened,
  signal: AbortSignal,
): Promise<Decided> {
  const looks: Look[] = [];
  for (const medium of media) {
    const asked = { medium, wanted: { template: true }, isShown: medium.name === 'probe' };
    looks.push(await lookAtFace(processor, asked, signal));
  }
  return {
    decision: judgeEnrolment(looks),
    shown: looks.flatMap(shownOf),
    faces: looks.flatMap(facesOf),
  };
}

/** All pictures are enrolled, or none. */
function judgeEnrolment(looks: readonly Look[]): CaseDecision {
  const causes = causesOf(looks);
  return { kind: 'enrolment', isAccepted: causes.length === 0, causes };
}

function causesOf(looks: readonly Look[]): DeclineCause[] {
  if (looks.includes('unreadable')) return ['unreadable'];
  return looks.some((look) => facesOf(look).length === 0) ? ['no-face'] : [];
}
