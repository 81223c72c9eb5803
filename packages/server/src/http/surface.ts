import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Callers } from '../domain/audit/callers.ts';
import type { FetchLimits } from './remote-image.ts';
import type { Uploads } from './uploads.ts';

/** One operation's address, relative to its surface's prefix. A segment such as `:personId` stands for any text. */
export interface SurfacePath {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
}

/** Why nothing answers at an address. */
export interface MissingRoute {
  readonly status: 404 | 405;
  /** The methods this address knows; empty with 404. */
  readonly allowed: readonly string[];
}

/** One vendor's API, ready to be registered in a scope of its own. */
export interface Surface {
  readonly name: string;
  /** Put before every path; empty or `/something`. */
  readonly prefix: string;
  readonly paths: readonly SurfacePath[];
  register(app: FastifyInstance): void;
  /** Answers, in the vendor's words, a request that no route takes. */
  answerMissing(missing: MissingRoute, request: FastifyRequest, reply: FastifyReply): FastifyReply;
}

/** Counts for the request's log line: how many images, faces, comparisons. Never contents. */
export type RequestNotes = Readonly<Record<string, number>>;

/** What every surface gets beside the service. */
export interface SurfaceTools {
  now(): Date;
  /** Adds counts to the request's one log line. */
  note(request: FastifyRequest, notes: RequestNotes): void;
  /** Names the current request's caller, once its credentials were found right: the audit trail says so. */
  readonly actAs: Callers['actAs'];
  /** Fires when the caller has gone or the request's time is up. */
  signalFor(reply: FastifyReply): AbortSignal;
  /**
   * The picture at an address. Absent: this server fetches none.
   *
   * @throws FaceError `remote-image-refused`, `remote-image-unavailable`, `payload-too-large`, `overloaded`, `timeout`.
   */
  readonly fetchImage?: (url: string, signal: AbortSignal, limits?: FetchLimits) => Promise<Uint8Array>;
  /** Where large files of forms lie until their request is answered. Absent: in memory. */
  readonly uploads?: Uploads;
  /** False once the process has begun to close. */
  isReady(): boolean;
}
