import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Submission } from '../../domain/cases/cases.ts';
import type { FaciaContext } from './context.ts';
import { linksFor } from './links.ts';
import { submit } from './submit.ts';
import { toResult } from './translate/to-result.ts';
import { envelope } from './wire/answers.ts';

interface Transaction {
  readonly submission: Submission;
  readonly isAwaited: boolean | undefined;
}

/**
 * Opens a transaction about the picture in `file`: answers its reference, or when told to wait what came of it.
 *
 * @throws FaciaRefusal for media that cannot be read.
 */
export async function answerTransaction(
  context: FaciaContext,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  { submission, isAwaited }: Transaction,
) {
  const { space } = context.gate.principalOf(request);
  const waiting = isAwaited ? context.tools.signalFor(reply) : undefined;
  const shown = await submit(context, { space, submission, fields: ['file'] }, waiting);
  return waiting === undefined
    ? envelope('Transaction Created', { reference_id: shown.reference })
    : envelope('success', await toResult(shown, linksFor(context, { request, space, shown })));
}
