import { randomUUID } from 'node:crypto';
import type { SurfaceTools } from '../../../http/surface.ts';
import type { AnswerHead } from '../wire/answers.ts';
import { failOnMessage } from './fail-on.ts';

interface Outcome {
  /** 1 to 16; 0 for success. */
  readonly failOn: number;
  /** Of a success. @default the vendor's */
  readonly message?: string;
}

/** Head of an answer about a picture. */
export function answerHead(
  { now }: Pick<SurfaceTools, 'now'>,
  { failOn, message = 'Request Success' }: Outcome,
): AnswerHead {
  return {
    message: failOn === 0 ? message : failOnMessage(failOn),
    status_code: failOn === 0 ? 'SUCCESS' : 'FAIL',
    ...(failOn !== 0 && { error_code: `FAIL_ON_${failOn}` }),
    session_id: randomUUID(),
    timestamp: timestampOf(now()),
  };
}

/** Seconds since 1970. */
export const timestampOf = (moment: Date): number => moment.getTime() / 1000;
