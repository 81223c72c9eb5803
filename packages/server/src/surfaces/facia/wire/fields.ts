import { fieldRefusal } from '../refusal.ts';

/** A request's fields by name: texts and files of a form, values of every kind of JSON. */
export type Fields = Readonly<Record<string, unknown>>;

/** What a field must be. @throws FieldProblem */
export type Rule<T> = (value: unknown, name: string) => T;

/** What is wrong with one field: a sentence as Laravel words it. */
export class FieldProblem extends Error {
  override readonly name = 'FieldProblem';
}

/** A body that is no object has no fields. */
export const fieldsOf = (body: unknown): Fields =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Fields) : {};

type Read<Rules> = { readonly [Name in keyof Rules]: Rules[Name] extends Rule<infer T> ? T : never };

/**
 * The fields that have a rule; others are nobody's concern.
 *
 * @throws FaciaRefusal with everything that is wrong, in the order of the rules.
 */
export function readFields<Rules extends Readonly<Record<string, Rule<unknown>>>>(
  fields: Fields,
  rules: Rules,
): Read<Rules> {
  const problems: Record<string, string[]> = {};
  const values: Record<string, unknown> = {};
  for (const [name, rule] of Object.entries(rules)) {
    try {
      values[name] = rule(Object.hasOwn(fields, name) ? fields[name] : undefined, name);
    } catch (error) {
      if (!(error instanceof FieldProblem)) throw error;
      problems[name] = [error.message];
    }
  }
  if (Object.keys(problems).length > 0) throw fieldRefusal(problems);
  return values as Read<Rules>;
}

/** As with Laravel, an empty text is no value. */
const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === '';

export const required =
  <T>(rule: Rule<T>): Rule<T> =>
  (value, name) => {
    if (isAbsent(value)) throw new FieldProblem(`The ${name} field is required.`);
    return rule(value, name);
  };

/** @param when  what other field asks for this one, as the sentence ends. */
export const requiredWhen =
  <T>(when: string, rule: Rule<T>): Rule<T> =>
  (value, name) => {
    if (isAbsent(value)) throw new FieldProblem(`The ${name} field is required when ${when}.`);
    return rule(value, name);
  };

export const optional =
  <T>(rule: Rule<T>): Rule<T | undefined> =>
  (value, name) =>
    isAbsent(value) ? undefined : rule(value, name);
