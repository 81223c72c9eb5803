import type { Media } from '../../../domain/cases/cases.ts';
import { errors, FaceError } from '../../../domain/errors.ts';
import { type EncodedText, isEncodedText } from '../../../http/encoded-text.ts';
import { FormFile } from '../../../http/form-file.ts';
import { decodeBase64Image } from '../../../http/image-input.ts';
import { FieldProblem, type Rule } from '../wire/fields.ts';
import { mediaTypeOf } from './media-type.ts';

/** Ours: the vendor publishes none. */
export const VIDEO_BYTES_MAX = 50_000_000;

export interface MediaLimits {
  readonly imageBytesMax: number;
  /** Whether a clip may stand in place of a picture. */
  readonly takesVideo: boolean;
}

const EXTENSIONS = { stills: ['jpeg', 'jpg', 'png'], all: ['jpeg', 'jpg', 'png', 'mp4'] } as const;

/**
 * A picture or clip: a file of a form, or base64 with or without a data URI head. Never an address. What it is its
 * first bytes say; a file's name may not say otherwise.
 *
 * @throws FieldProblem, FaceError `payload-too-large`.
 */
export const media =
  ({ imageBytesMax, takesVideo }: MediaLimits): Rule<Media> =>
  (value, name) => {
    const extensions = EXTENSIONS[takesVideo ? 'all' : 'stills'];
    const file = fileOf(value, { name, extensions });
    const type = file && mediaTypeOf(file.head);
    if (file === undefined || type === undefined || (type === 'video' && !takesVideo)) {
      throw new FieldProblem(`The ${name} field must be a file of type: ${extensions.join(', ')}.`);
    }
    if (file.sizeBytes > (type === 'video' ? VIDEO_BYTES_MAX : imageBytesMax)) throw errors.payloadTooLarge();
    const { content } = file;
    return content instanceof Uint8Array ? { bytes: content, type } : { file: content, type };
  };

interface Naming {
  /** Of the field. */
  readonly name: string;
  /** That a file's name may end in. */
  readonly extensions: readonly string[];
}

/** Undefined for what is no file and no base64 of one. @throws FieldProblem for an empty file, FaceError `payload-too-large` */
function fileOf(value: unknown, { name, extensions }: Naming): FormFile | undefined {
  if (isEncodedText(value)) return decoded(value);
  if (!(value instanceof FormFile)) return undefined;
  if (value.sizeBytes === 0) throw new FieldProblem(`The ${name} field is required.`);
  const extension = /\.([^.]*)$/.exec(value.name)?.[1]?.toLowerCase();
  return extension === undefined || extensions.includes(extension) ? value : undefined;
}

function decoded(text: EncodedText): FormFile | undefined {
  try {
    return new FormFile(decodeBase64Image(text, VIDEO_BYTES_MAX), '');
  } catch (error) {
    if (error instanceof FaceError && error.code !== 'payload-too-large') return undefined;
    throw error;
  }
}
