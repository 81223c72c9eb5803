import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { FaceError } from '../domain/errors.ts';
import { HttpError } from './http-error.ts';

/** A file of a form. Its name is the caller's word and names nothing here. */
export class FormFile {
  /** Own their memory. */
  readonly bytes: Uint8Array;
  readonly name: string;

  constructor(bytes: Uint8Array, name: string) {
    this.bytes = bytes;
    this.name = name;
  }
}

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
 * bodies. Files stay in memory.
 *
 * @param contentType  with the boundary.
 * @throws HttpError 400 for a body that is malformed, cut off or of too many parts, 413; FaceError of the stream.
 */
export async function readMultipart(
  body: Readable,
  contentType: string,
  limits: FormLimits,
): Promise<FormEntry[]> {
  const entries: FormEntry[] = [];
  const parser = openParser(contentType, limits);
  const refuse = (error: HttpError) => parser.destroy(error);
  let sizeBytes = 0;
  body.on('data', ({ length }: Buffer) => {
    sizeBytes += length;
    if (sizeBytes > limits.bodyBytesMax) refuse(tooLarge());
  });
  parser.on('field', (name, text, _isNameCut, isCut) => {
    if (isCut) refuse(tooLarge());
    else entries.push([name, text]);
  });
  parser.on('file', (name, stream, fileName) => {
    stream.once('limit', () => refuse(tooLarge()));
    collect(stream, (bytes) => entries.push([name, new FormFile(bytes, fileName ?? '')]));
  });
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
    parser.once(limit, () => refuse(new HttpError(400, 'The form has too many parts.')));
  }
  try {
    await pipeline(body, parser);
  } catch (error) {
    throw error instanceof FaceError || error instanceof HttpError ? error : malformed();
  }
  return entries;
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

/** @param done  told once all of it is there; never, when it is cut off. */
function collect(stream: BusboyFileStream, done: (bytes: Uint8Array) => void): void {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  // Whoever reads the body hears of it.
  stream.on('error', () => {});
  stream.once('end', () => {
    const bytes = Buffer.allocUnsafeSlow(chunks.reduce((sum, { length }) => sum + length, 0));
    chunks.reduce((at, chunk) => at + chunk.copy(bytes, at), 0);
    done(bytes);
  });
}

const malformed = () => new HttpError(400, 'The form is malformed or was cut off.');

const tooLarge = () => new HttpError(413, 'The body is larger than this server accepts.');
