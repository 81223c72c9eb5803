import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpError } from './http-error.ts';
import { type JsonBodyOptions, parseJsonBody, refuseCompression } from './json-body.ts';
import { type FormEntry, readMultipart, removeFiles } from './multipart.ts';

/** A form of so many fields is none that anybody fills in. */
const FIELDS_MAX = 100;

/**
 * Makes JSON, forms of both kinds, and text without a type the bodies that this scope reads. Text that does not begin
 * as JSON does is taken for a form: many clients forget to name their type.
 *
 * A form becomes an object of texts and {@link FormFile}s; of a repeated field the last one counts. Files on disk are
 * removed before the answer is sent.
 *
 * Without `uploads` files of every size stay in memory.
 */
export function acceptForms(
  app: FastifyInstance,
  { encodedFields, ...reading }: JsonBodyOptions & Parameters<typeof readMultipart>[2],
): void {
  app.removeAllContentTypeParsers();
  const whole = { parseAs: 'buffer' } as const;
  app.addContentTypeParser('application/json', whole, async (_request: unknown, body: Buffer) =>
    body.length === 0 ? {} : parseJsonBody(body, { encodedFields }),
  );
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    whole,
    async (_request: unknown, body: Buffer) => parseUrlEncoded(body),
  );
  acceptMultipart(app, reading);
  app.addContentTypeParser('*', whole, async ({ headers }: FastifyRequest, body: Buffer) => {
    if (!/^(text\/plain *(;|$)|$)/i.test(headers['content-type'] ?? '')) {
      throw new HttpError(415, 'The body is of a type that is not accepted.');
    }
    return beginsAsJson(body) ? parseJsonBody(body, { encodedFields }) : parseUrlEncoded(body);
  });
  refuseCompression(app);
}

function acceptMultipart(app: FastifyInstance, reading: Parameters<typeof readMultipart>[2]): void {
  const received = new WeakMap<FastifyRequest, FormEntry[]>();
  app.addContentTypeParser(
    'multipart/form-data',
    async (request: FastifyRequest, body: NodeJS.ReadableStream) => {
      // Fastify's type is that of any stream; what it hands over is Node's.
      const type = request.headers['content-type'] ?? '';
      const entries = await readMultipart(body as Readable, type, reading);
      received.set(request, entries);
      return formOf(entries);
    },
  );
  // Every request that was read comes here, also one whose caller has gone.
  app.addHook('onSend', async (request) => removeFiles(received.get(request) ?? []));
}

const AMPERSAND = 0x26;

/**
 * The fields of an `application/x-www-form-urlencoded` body, as the URL standard has it.
 *
 * @throws HttpError 400 for too many.
 */
function parseUrlEncoded(body: Buffer): Record<string, unknown> {
  let fields = 1;
  for (let at = body.indexOf(AMPERSAND); at >= 0; at = body.indexOf(AMPERSAND, at + 1)) {
    if (++fields > FIELDS_MAX) throw new HttpError(400, 'The form has too many fields.');
  }
  return formOf([...new URLSearchParams(body.toString('utf8'))]);
}

/** Each becomes a property of its own, whatever it is called. */
const formOf = (entries: readonly FormEntry[]): Record<string, unknown> => Object.fromEntries(entries);

const beginsAsJson = (body: Buffer): boolean => /^\s*[{[]/.test(body.toString('latin1', 0, 64));
