import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { FaceError } from '../domain/errors.ts';
import { CountedBody } from './body-budget.ts';
import type { FormFile } from './form-file.ts';
import { HttpError } from './http-error.ts';
import { receiveFile } from './receive-file.ts';
import type { Uploads } from './uploads.ts';

export type FormEntry = readonly [name: string, value: string | FormFile];

export interface FormLimits {
  /** Of the whole body. */
  readonly bodyBytesMax: number;
  readonly fileBytesMax: number;
  readonly files: number;
}

const PARTS_MAX = 20;
const TEXT_BYTES_MAX = 1_048_576;

/**
 * The fields of a `multipart/form-data` body (RFC 7578), read from the stream that counts it against the budget of all
 * bodies. Large files go to disk as they arrive, and no longer count there; without `uploads` they stay in memory.
 *
 * @param contentType  with the boundary.
 * @throws HttpError 400 for a body that is malformed, cut off or of too many parts, 413; FaceError of the stream and of
 *   the uploads. No file is left then.
 */
export async function readMultipart(
  body: Readable,
  contentType: string,
  { limits, uploads }: { readonly limits: FormLimits; readonly uploads: Uploads | undefined },
): Promise<FormEntry[]> {
  const parser = openParser(contentType, limits);
  const refuse = (error: Error) => parser.destroy(error);
  const onKept = (bytes: number) => {
    if (body instanceof CountedBody) body.release(bytes);
  };
  const streams: Readable[] = [];
  const entries: Promise<FormEntry>[] = [];
  refuseBeyond(limits, { body, parser, refuse });
  parser.on('field', (name, text, _isNameCut, isCut) => {
    if (isCut) refuse(tooLarge());
    else entries.push(Promise.resolve([name, text]));
  });
  parser.on('file', (name, stream, fileName) => {
    stream.once('limit', () => refuse(tooLarge()));
    // Whoever reads the body hears of it.
    stream.on('error', () => {});
    streams.push(stream);
    const received = receiveFile(stream, fileName ?? '', { uploads, onKept });
    received.catch(refuse);
    entries.push(received.then((file) => [name, file]));
  });
  try {
    await pipeline(body, parser);
    return await Promise.all(entries);
  } catch (error) {
    for (const stream of streams) stream.destroy(new Error('the form was refused'));
    await removeReceived(entries);
    throw error instanceof FaceError || error instanceof HttpError ? error : malformed();
  }
}

interface Reading {
  readonly body: Readable;
  readonly parser: BusboyInstance;
  readonly refuse: (error: HttpError) => void;
}

function refuseBeyond({ bodyBytesMax }: FormLimits, { body, parser, refuse }: Reading): void {
  let sizeBytes = 0;
  body.on('data', ({ length }: Buffer) => {
    sizeBytes += length;
    if (sizeBytes > bodyBytesMax) refuse(tooLarge());
  });
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
    parser.once(limit, () => refuse(new HttpError(400, 'The form has too many parts.')));
  }
}

/** Waits for those that are still being received: they end with their streams. */
async function removeReceived(entries: readonly Promise<FormEntry>[]): Promise<void> {
  for (const settled of await Promise.allSettled(entries)) {
    if (settled.status === 'fulfilled') await removeFiles([settled.value]);
  }
}

/** Removes what lies on disk of a form. */
export async function removeFiles(entries: readonly FormEntry[]): Promise<void> {
  for (const [, value] of entries) {
    if (typeof value !== 'string' && !(value.content instanceof Uint8Array)) await value.content.remove();
  }
}

function openParser(contentType: string, { files, fileBytesMax }: FormLimits): BusboyInstance {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      limits: {
        parts: PARTS_MAX,
        files,
        fileSize: fileBytesMax,
        fieldSize: TEXT_BYTES_MAX,
        headerPairs: 20,
        headerSize: 8192,
      },
    });
  } catch {
    throw malformed();
  }
}

const malformed = () => new HttpError(400, 'The form is malformed or was cut off.');

const tooLarge = () => new HttpError(413, 'The body is larger than this server accepts.');
