import type { AccountId } from '../../domain/enrolment/records.ts';
import type { AuditLine, Trail } from '../../ports/audit-log.ts';

export const TRAIL_COLUMNS =
  'id, sealed_key, head_number, head_hash, head_seal, cut_number, cut_hash, cut_seal';

export interface TrailRow {
  readonly id: string;
  readonly sealed_key: Buffer;
  readonly head_number: string;
  readonly head_hash: Buffer;
  readonly head_seal: Buffer;
  readonly cut_number: string;
  readonly cut_hash: Buffer;
  readonly cut_seal: Buffer;
}

export const trailFrom = (row: TrailRow): Trail => ({
  id: row.id,
  sealedKey: row.sealed_key,
  head: { number: Number(row.head_number), hash: row.head_hash, seal: row.head_seal },
  cut: { number: Number(row.cut_number), hash: row.cut_hash, seal: row.cut_seal },
});

export interface LineRow {
  readonly number: string;
  readonly at: Date;
  readonly account: AccountId;
  readonly actor: string;
  readonly action: string;
  readonly subjects: string[];
  readonly outcome: string;
  readonly details: string;
  readonly request_id: string | null;
  readonly previous: Buffer;
  readonly hash: Buffer;
}

export const lineFrom = ({ number, request_id, ...rest }: LineRow): AuditLine => ({
  ...rest,
  number: Number(number),
  requestId: request_id ?? undefined,
});

/** As JSON that the database takes apart again. */
export const lineToWire = ({ requestId, previous, hash, ...rest }: AuditLine): object => ({
  ...rest,
  request_id: requestId ?? null,
  previous: bytea(previous),
  hash: bytea(hash),
});

const bytea = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString('hex')}`;
