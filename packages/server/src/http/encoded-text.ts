import { type TSchema, Type } from 'typebox';

/**
 * Text of letters, digits and signs only (ASCII), in the bytes of the body that it came with. A string of a picture's
 * base64 would be a copy in fresh memory, which costs more than all that is done with it.
 */
export class AsciiText {
  readonly letters: Buffer;

  constructor(letters: Buffer) {
    this.letters = letters;
  }

  get length(): number {
    return this.letters.length;
  }

  toString(): string {
    return this.letters.toString('latin1');
  }

  toJSON(): string {
    return this.toString();
  }
}

/** Text that stands for bytes: a picture in base64. */
export type EncodedText = string | AsciiText;

export const isEncodedText = (value: unknown): value is EncodedText =>
  typeof value === 'string' || value instanceof AsciiText;

/** The first letters of a text, to see what kind it is. */
export const beginningOf = (text: EncodedText, letters: number): string =>
  typeof text === 'string' ? text.slice(0, letters) : text.letters.toString('latin1', 0, letters);

const KEYWORD = 'encodedText';

/** Of a required field. */
export const EncodedText = Type.Unsafe<EncodedText>({ [KEYWORD]: 'string' } satisfies TSchema);

/** Of a field that may be absent or null. */
export const NullableEncodedText = Type.Optional(
  Type.Unsafe<EncodedText | null>({ [KEYWORD]: 'string,null' } satisfies TSchema),
);

/** Tells Ajv about {@link EncodedText}; refuses in the words in which it refuses what is no string. */
export const ENCODED_TEXT_KEYWORD = {
  keyword: KEYWORD,
  schemaType: 'string',
  errors: false,
  error: { message: ({ schema }: { schema: unknown }) => `must be ${schema}` },
  validate: (types: string, value: unknown) =>
    isEncodedText(value) || (value === null && types.includes('null')),
} as const;
