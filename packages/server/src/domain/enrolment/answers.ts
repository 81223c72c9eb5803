import type { Group, Reference, Subject } from './records.ts';

/** A record as plain JSON brings it back: dates are texts again. */
type Plain<T> = { readonly [K in keyof T]: T[K] extends Date ? string : T[K] };

/** What was remembered of a subject under an idempotency key, as it was answered then. */
export function subjectAgain(answer: unknown): Subject {
  const { createdAt, updatedAt, expiresAt, ...rest } = answer as Plain<Omit<Subject, 'expiresAt'>> & {
    readonly expiresAt?: string;
  };
  return {
    ...rest,
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
    ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt) }),
  };
}

/** The same of a group. */
export function groupAgain(answer: unknown): Group {
  const group = answer as Plain<Group>;
  return { ...group, createdAt: new Date(group.createdAt) };
}

/** The same of a reference. */
export function referenceAgain(answer: unknown): Reference {
  const reference = answer as Plain<Reference>;
  return {
    ...reference,
    createdAt: new Date(reference.createdAt),
    updatedAt: new Date(reference.updatedAt),
  };
}
