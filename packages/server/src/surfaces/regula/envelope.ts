import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RegulaContext } from './context.ts';
import type { Refusal } from './errors.ts';
import { CONTRACT_VERSION, DETECTOR_TYPE, LANDMARKS_TYPE } from './recorded-constants.ts';
import type { DetectBody } from './translate/from-assessment.ts';
import type { MatchBody } from './translate/from-verification.ts';
import type { MatchAndSearchBody } from './translate/from-verify-and-identify.ts';
import type {
  AnswerMetadata,
  DetectAnswer,
  MatchAndSearchAnswer,
  MatchAnswer,
  Outcome,
} from './wire/answers.ts';
import { RESULT_CODES, type ResultName } from './wire/result-codes.ts';

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

export function matchAndSearchAnswer(
  context: RegulaContext,
  body: MatchAndSearchBody,
  exchange: Exchange,
): MatchAndSearchAnswer {
  const answer = matchAnswer(context, body, exchange);
  return { ...answer, detections: body.detections, elapsedTime: answer.elapsedTime * 1000 };
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
