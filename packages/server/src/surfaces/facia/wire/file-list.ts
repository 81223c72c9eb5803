import { FieldProblem, type Fields, type Rule, required } from './fields.ts';

/** Ours: the vendor shows two and says "one or more". */
export const FILES_MAX = 5;

/** The fields with `file_list` as JSON has it, an array, also where they are `file_list[0]`, `file_list[1]` and so on. */
export const withFileList = (fields: Fields): Fields => ({
  ...fields,
  file_list: fields['file_list'] ?? numbered(fields),
});

const ENTRY = /^file_list\[(\d{1,2})\]$/;

/** Undefined where there are none. */
function numbered(fields: Fields): readonly unknown[] | undefined {
  const entries = Object.keys(fields).flatMap((name) => {
    const number = ENTRY.exec(name)?.[1];
    return number === undefined ? [] : [{ number: Number(number), value: fields[name] }];
  });
  if (entries.length === 0) return undefined;
  return entries.toSorted((a, b) => a.number - b.number).map(({ value }) => value);
}

/** One file or more; what is wrong is told of the first that is wrong. */
export const fileList =
  <T>(file: Rule<T>): Rule<readonly [T, ...T[]]> =>
  (value, name) => {
    if (!Array.isArray(value)) throw new FieldProblem(`The ${name} field must be an array.`);
    if (value.length > FILES_MAX) {
      throw new FieldProblem(`The ${name} field must not have more than ${FILES_MAX} items.`);
    }
    const [first, ...rest] = value.map((item: unknown, i) => required(file)(item, `${name}.${i}`));
    if (first === undefined) throw new FieldProblem(`The ${name} field is required.`);
    return [first, ...rest];
  };
