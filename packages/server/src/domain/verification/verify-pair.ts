import type { FaceProcessor } from '../../ports/face-processor.ts';
import { templateOf } from '../enrolment/add-reference.ts';
import type {
  Examination,
  Examined,
  Pair,
  PairVerification,
  PairVerificationInput,
} from '../examination/examination.ts';
import { examine } from '../examination/examine.ts';
import { decide } from './decide.ts';

/** Compares the faces of two pictures that pass their checks. */
export async function verifyPair(
  processor: FaceProcessor,
  { examinations: [first, second], falseMatchRateMax }: PairVerificationInput,
  signal?: AbortSignal,
): Promise<PairVerification> {
  const pair = await Promise.all([
    examine(processor, { ...first, template: true }, signal),
    examine(processor, { ...second, template: true }, signal),
  ]);
  const position = pair[0].outcome === 'failure-to-acquire' ? 0 : 1;
  const failure = pair[position];
  if (failure.outcome === 'failure-to-acquire') return { ...failure, position };
  const examined = pair as Pair<Examination> as Pair<Examined>;
  if (examined.some(({ failed }) => failed.length > 0)) return { outcome: 'refused', examined };
  const [probe, reference] = [templateOf(examined[0].face), templateOf(examined[1].face)];
  const verdict = decide(processor.calibration, { probe, references: [reference], falseMatchRateMax });
  return { ...verdict, examined };
}
