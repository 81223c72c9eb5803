import type { SubjectRequest, SubjectUpdate } from '../../../domain/enrolment/enrolment.ts';
import type { PersonFields, PersonToUpdateFields } from '../wire/person-fields.ts';
import { metadataFrom } from './metadata.ts';

/** Where the vendor puts persons for whom no group is named. */
const FALLBACK_GROUP = 'Default';

/** @throws InvalidField */
export const toSubject = ({ name, externalId, metadata, groups, ttl }: PersonFields): SubjectRequest => ({
  name,
  ...(typeof externalId === 'string' && { externalId }),
  metadata: metadataFrom(metadata),
  groupIds: groups ?? [],
  fallbackGroup: FALLBACK_GROUP,
  ...(typeof ttl === 'number' && { lifetimeSeconds: ttl }),
});

/** What is null or absent stays as it is. @throws InvalidField */
export const toSubjectUpdate = ({
  name,
  externalId,
  metadata,
  groups,
}: PersonToUpdateFields): SubjectUpdate => ({
  ...(typeof name === 'string' && { name }),
  ...(typeof externalId === 'string' && { externalId }),
  ...(metadata && { metadata: metadataFrom(metadata) }),
  ...(groups && { groupIds: groups }),
});
