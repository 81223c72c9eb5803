import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RegulaContext } from './context.ts';
import type { Refusal } from './errors.ts';
import type { DetectBody } from './translate/from-assessment.ts';
import type { MatchBody } from './translate/from-verification.ts';
import type { AnswerMetadata, DetectAnswer, MatchAnswer, Outcome } from './wire/answers.ts';
import { RESULT_CODES, type ResultName } from './wire/result-codes.ts';

/** The release of the vendor's contract that this surface speaks: what its clients expect under `versionSDK`. */
const CONTRACT_VERSION = '6.4.86';

/** Recorded servers answer these two; no document says what they count. */
const DETECTOR_TYPE = 4;
const LANDMARKS_TYPE = 2;

export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export function matchAnswer(context: RegulaContext, body: MatchBody, exchange: Exchange): MatchAnswer {
  return {
    ...outcomeOf(body.name),
    detections: body.detections,
    results: body.results,
    elapsedTime: elapsedSeconds(exchange),
    versionDescriptor: context.service.pack.packId,
    versionSDK: CONTRACT_VERSION,
    metadata: metadataOf(context, exchange, body.reason),
  };
}

export interface ScenarioBody extends DetectBody {
  readonly scenario: string;
}

export function detectAnswer(context: RegulaContext, body: ScenarioBody, exchange: Exchange): DetectAnswer {
  const elapsedTime = elapsedSeconds(exchange);
  return {
    ...outcomeOf(body.name),
    results: {
      detections: body.detections,
      detectorType: DETECTOR_TYPE,
      landmarksType: LANDMARKS_TYPE,
      scenario: body.scenario,
      timer: elapsedTime,
      elapsedTime,
    },
    detectionTime: elapsedTime,
    elapsedTime,
    versionSDK: CONTRACT_VERSION,
    metadata: metadataOf(context, exchange, body.reason),
  };
}

export function outcomeOf(name: ResultName): Outcome {
  const code = RESULT_CODES[name];
  return { code, ErrorCode: code, msg: name };
}

/** Sets the answer's status line and headers. */
export function applyRefusal(reply: FastifyReply, { http, retryAfterSeconds }: Refusal): FastifyReply {
  if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
  return reply.code(http);
}

/** @param reason  why the code is not 0. */
export function metadataOf({ tools }: RegulaContext, { request }: Exchange, reason?: string): AnswerMetadata {
  return {
    // Microseconds and no zone, as recorded; UTC.
    serverTime: tools.now().toISOString().replace('Z', '000'),
    ctx: { userIp: request.ip },
    ...(reason === undefined ? {} : { reason }),
  };
}

/** From the request's arrival, rounded to microseconds. */
const elapsedSeconds = ({ reply }: Exchange): number => Math.round(reply.elapsedTime * 1000) / 1_000_000;
