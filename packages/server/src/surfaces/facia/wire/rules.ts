import { FieldProblem, type Rule } from './fields.ts';

interface Length {
  /** Characters. @default 0 */
  readonly min?: number;
  readonly max: number;
}

/** No NUL, which the store cannot hold, and no half of a surrogate pair, which UTF-8 cannot. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there.
const UNKEEPABLE = /[\u0000\p{Surrogate}]/u;

/** Text of so many characters, not bytes. */
export const text =
  ({ min = 0, max }: Length): Rule<string> =>
  (value, name) => {
    if (typeof value !== 'string' || UNKEEPABLE.test(value)) {
      throw new FieldProblem(`The ${name} field must be a string.`);
    }
    const length = [...value].length;
    if (length >= min && length <= max) return value;
    throw new FieldProblem(
      min > 0
        ? `The ${name} field must be between ${min} and ${max} characters.`
        : `The ${name} field must not be greater than ${max} characters.`,
    );
  };

/** One word alone. */
export const only =
  <Word extends string>(word: Word): Rule<Word> =>
  (value, name) => {
    if (value !== word) throw new FieldProblem(`The selected ${name} is invalid.`);
    return word;
  };

const YES: readonly unknown[] = [true, 1, '1', 'true'];
const NO: readonly unknown[] = [false, 0, '0', 'false'];

/** Whether a field says yes. */
export const isYes = (value: unknown): boolean => YES.includes(value);

/** A boolean, or the number or word of one: forms have nothing but words. */
export const flag: Rule<boolean> = (value, name) => {
  if (isYes(value)) return true;
  if (NO.includes(value)) return false;
  throw new FieldProblem(`The ${name} field must be true or false.`);
};

/** A boolean that can only be true. */
export const yes: Rule<true> = (value, name) => {
  if (isYes(value)) return true;
  throw new FieldProblem(`The ${name} field must be true or 1.`);
};
