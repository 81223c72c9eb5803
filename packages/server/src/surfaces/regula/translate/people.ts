import type * as domain from '../../../domain/enrolment/records.ts';
import type { Group, Image, Person } from '../wire/people.ts';

export const groupToWire = ({ id, name, metadata, createdAt }: domain.Group): Group => ({
  id,
  name,
  metadata,
  createdAt: createdAt.toISOString(),
});

export const personToWire = ({
  id,
  name,
  externalId,
  metadata,
  groupIds,
  createdAt,
  updatedAt,
  expiresAt,
}: domain.Subject): Person => ({
  id,
  name,
  externalId: externalId ?? null,
  metadata,
  groups: groupIds,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
  ttl: expiresAt === undefined ? null : Math.round((expiresAt.getTime() - createdAt.getTime()) / 1000),
  expireAt: expiresAt?.toISOString() ?? null,
});

/** @param prefix  of this surface. */
export const imageToWire = (
  { id, subjectId, contentType, metadata, createdAt, updatedAt }: domain.Reference,
  prefix: string,
): Image => ({
  id,
  contentType,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
  path: `persons/${subjectId}/${id}`,
  url: `${prefix}/api/persons/${subjectId}/images/${id}`,
  metadata,
});
