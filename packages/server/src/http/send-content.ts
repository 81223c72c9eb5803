import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Content } from '../ports/content.ts';
import { byteRangeOf, withinRange } from './byte-range.ts';

/** Sends content piece by piece with its length; of one range of it, as players ask for, that alone with 206. */
export function sendContent(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { sizeBytes, read }: Content,
): FastifyReply {
  reply.header('accept-ranges', 'bytes');
  const range = byteRangeOf(headers.range, sizeBytes);
  if (range === undefined) return reply.header('content-length', sizeBytes).send(streamOf(read()));
  const { first, last } = range;
  return reply
    .code(206)
    .header('content-range', `bytes ${first}-${last}/${sizeBytes}`)
    .header('content-length', last - first + 1)
    .send(streamOf(withinRange(read(), range)));
}

/** Of bytes: each piece is written as it is. */
const streamOf = (pieces: AsyncIterable<Uint8Array>): Readable =>
  Readable.from(pieces, { objectMode: false });
