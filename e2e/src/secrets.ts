/** Something that may be written down nowhere, in every form it could be written in. */
export interface Secret {
  readonly what: string;
  /** Any of these gives it away. */
  readonly forms: readonly string[];
}

/** Any run of twice this many characters of an encoding holds a whole block. */
const BLOCK = 32;
/** Digits enough that no other figure has them by chance. */
const DIGITS = 12;

/** What a text gives away. */
export const givenAwayBy = (text: string, secrets: readonly Secret[]): string[] =>
  secrets.filter(({ forms }) => forms.some((form) => text.includes(form))).map(({ what }) => what);

export const wordSecret = (what: string, word: string): Secret => ({ what, forms: [word] });

/** Runs of 64 characters of the base64 of bytes, wherever in a longer text they begin, and of their hexadecimal digits. */
export const bytesSecret = (what: string, bytes: Uint8Array): Secret => {
  const buffer = Buffer.from(bytes);
  const shifted = [0, 1, 2].map((shift) => buffer.subarray(shift).toString('base64'));
  return { what, forms: [...shifted, buffer.toString('hex')].flatMap(blocksOf) };
};

/** Floats as anything that prints numbers writes them. */
export const floatsSecret = (what: string, values: readonly number[]): Secret => ({
  what,
  forms: values
    .map(String)
    .filter((text) => !text.includes('e') && text.length >= DIGITS)
    .map((text) => text.slice(0, DIGITS)),
});

const blocksOf = (text: string): string[] =>
  Array.from({ length: Math.floor(text.length / BLOCK) }, (_, i) => text.slice(i * BLOCK, (i + 1) * BLOCK));
