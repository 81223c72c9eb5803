import type { Metadata, Subject } from '../enrolment/records.ts';

/** What a subject keeps of the case that enrolled it. @param reference  of the case. */
export const enrolledBy = (reference: string): Metadata => ({ case: reference });

/** The reference of the case that enrolled a subject. */
export function enrollerOf({ metadata }: Pick<Subject, 'metadata'>): string | undefined {
  const reference = metadata['case'];
  return typeof reference === 'string' ? reference : undefined;
}
