import type { Check, CheckedAspect, ExaminationRequest } from '../../../domain/examination/examination.ts';
import { payloadRefusal } from '../coded-refusal.ts';
import type { PayloadCode } from '../wire/codes.ts';
import type { Switches } from '../wire/payload.ts';

type Wishes = Omit<ExaminationRequest, 'image'>;

interface Aspects {
  readonly is: 'is_liveness' | 'is_attribute' | 'is_quality';
  readonly validate: 'validate_liveness' | 'validate_attribute' | 'validate_quality';
  readonly aspect: CheckedAspect;
  readonly code: PayloadCode;
}

/** In the order in which a missing dependency is told. */
const ASPECTS: readonly Aspects[] = [
  {
    is: 'is_quality',
    validate: 'validate_quality',
    aspect: 'capture',
    code: 'INVALID_PAYLOAD_QUALITY_VALIDATION_DEPENDENCY',
  },
  {
    is: 'is_attribute',
    validate: 'validate_attribute',
    aspect: 'coverings',
    code: 'INVALID_PAYLOAD_ATTRIBUTE_VALIDATION_DEPENDENCY',
  },
  {
    is: 'is_liveness',
    validate: 'validate_liveness',
    aspect: 'presentation-attack',
    code: 'INVALID_PAYLOAD_LIVENESS_VALIDATION_DEPENDENCY',
  },
];

/** What the switches ask for. @throws CodedRefusal when something is to be validated that is not to be told. */
export function toWishes(switches: Switches): Wishes {
  const unfounded = ASPECTS.find(({ is, validate }) => switches[validate] && !switches[is]);
  if (unfounded !== undefined) throw payloadRefusal(unfounded.code);
  const checks: Check[] = ASPECTS.filter(({ validate }) => switches[validate]).map(({ aspect }) => aspect);
  return {
    aspects: ASPECTS.filter(({ is }) => switches[is]).map(({ aspect }) => aspect),
    checks: switches.validate_nface ? [...checks, 'single-face'] : checks,
  };
}
