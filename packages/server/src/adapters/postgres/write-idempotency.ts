import { errors } from '../../domain/errors.ts';
import type { RecordsTransaction } from '../../ports/records.ts';
import type { Session } from './session.ts';

type Writing = Pick<RecordsTransaction, 'claim' | 'remember'>;

export const createIdempotencyWriting = (session: Session): Writing => ({
  claim: async (account, { key, fingerprint }) => {
    // Waits for a transaction that holds the key; when that one is undone, the key is ours.
    const { rowCount } = await session.query(
      'insert into facegate.idempotency (account, key, fingerprint) values ($1, $2, $3) on conflict do nothing',
      [account, key, fingerprint],
    );
    if (rowCount === 1) return undefined;
    const { rows } = await session.query<{ fingerprint: string; answer: unknown }>(
      'select fingerprint, answer from facegate.idempotency where account = $1 and key = $2',
      [account, key],
    );
    if (rows[0]?.fingerprint !== fingerprint) throw errors.idempotencyConflict();
    return rows[0].answer;
  },

  remember: async (account, { key }, answer) => {
    await session.query('update facegate.idempotency set answer = $3 where account = $1 and key = $2', [
      account,
      key,
      JSON.stringify(answer),
    ]);
  },
});
