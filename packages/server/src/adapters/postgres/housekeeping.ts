import type { AccountId } from '../../domain/enrolment/records.ts';
import type { Records } from '../../ports/records.ts';
import type { Session } from './session.ts';

type Housekeeping = Pick<
  Records,
  'expired' | 'unerasedBlobs' | 'confirmErasure' | 'forgetAnswers' | 'knownBlobs'
>;

export const createHousekeeping = (session: Session): Housekeeping => ({
  expired: async (now, limit) => {
    const { rows } = await session.query<{ account: AccountId; id: string }>(
      'select account, id from facegate.subject where expires_at <= $1 order by expires_at limit $2',
      [now, limit],
    );
    return rows;
  },

  unerasedBlobs: async (limit) => {
    const { rows } = await session.query<{ blob_id: string }>(
      'select blob_id from facegate.erasure order by at limit $1',
      [limit],
    );
    return rows.map((row) => row.blob_id);
  },

  confirmErasure: async (blobIds) => {
    await session.query('delete from facegate.erasure where blob_id = any ($1::text[])', [blobIds]);
  },

  forgetAnswers: async (before) => {
    await session.query('delete from facegate.idempotency where at < $1', [before]);
  },

  knownBlobs: async (blobIds) => {
    const { rows } = await session.query<{ blob_id: string }>(
      `select blob_id from facegate.reference where blob_id = any ($1::text[])
       union select blob_id from facegate.case_medium where blob_id = any ($1::text[])`,
      [blobIds],
    );
    return new Set(rows.map((row) => row.blob_id));
  },
});
