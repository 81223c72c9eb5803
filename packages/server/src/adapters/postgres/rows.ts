import type { Group, Metadata, Reference, Subject } from '../../domain/enrolment/records.ts';

/** Columns of a subject `s`, with the ids of its groups. */
export const SUBJECT_COLUMNS = `
  s.id, s.name, s.external_id, s.metadata, s.created_at, s.updated_at, s.expires_at,
  array(
    select g.id::text from facegate.membership m join facegate.subject_group g on g.number = m.group_number
    where m.subject_number = s.number order by g.id desc
  ) as group_ids`;

/** Whom account $1 knows by the name $2: of several the oldest, and nobody whose time has come. */
export const SUBJECT_BY_EXTERNAL_ID = `
  select * from facegate.subject
  where account = $1 and external_id = $2 and (expires_at is null or expires_at > now()) order by id limit 1`;

export interface SubjectRow {
  readonly id: string;
  readonly name: string;
  readonly external_id: string | null;
  readonly metadata: Metadata;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly expires_at: Date | null;
  readonly group_ids: string[];
}

export const subjectOf = (row: SubjectRow): Subject => ({
  id: row.id,
  name: row.name,
  ...(row.external_id !== null && { externalId: row.external_id }),
  metadata: row.metadata,
  groupIds: row.group_ids,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  ...(row.expires_at !== null && { expiresAt: row.expires_at }),
});

export const GROUP_COLUMNS = 'g.id, g.name, g.metadata, g.created_at';

export interface GroupRow {
  readonly id: string;
  readonly name: string;
  readonly metadata: Metadata;
  readonly created_at: Date;
}

export const groupOf = (row: GroupRow): Group => ({
  id: row.id,
  name: row.name,
  metadata: row.metadata,
  createdAt: row.created_at,
});

/** Of a reference `r`, under names that can stand beside a subject's. */
export const REFERENCE_COLUMNS = `
  r.number as reference_number, r.id as reference_id, r.content_type, r.metadata as reference_metadata,
  r.created_at as reference_created_at, r.updated_at as reference_updated_at, r.blob_id`;

export interface ReferenceRow {
  readonly reference_number: string;
  readonly reference_id: string;
  readonly content_type: string;
  readonly reference_metadata: Metadata;
  readonly reference_created_at: Date;
  readonly reference_updated_at: Date;
  readonly blob_id: string | null;
}

export const referenceOf = (row: ReferenceRow, subjectId: string): Reference => ({
  id: row.reference_id,
  subjectId,
  contentType: row.content_type,
  metadata: row.reference_metadata,
  createdAt: row.reference_created_at,
  updatedAt: row.reference_updated_at,
});
