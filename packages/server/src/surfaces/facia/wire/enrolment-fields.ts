import { type Fields, optional, requiredWhen } from './fields.ts';
import { flag, isYes, text } from './rules.ts';

export const clientReference = text({ min: 5, max: 255 });

/** Under which name to enrol, and in whose place. */
export const enrolmentRules = (fields: Fields) => ({
  client_reference: isYes(fields['allow_override'])
    ? requiredWhen('allow_override is 1', clientReference)
    : optional(clientReference),
  allow_override: optional(flag),
});
