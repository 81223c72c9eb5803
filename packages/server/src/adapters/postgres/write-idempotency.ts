import type { AccountId } from '../../domain/enrolment/records.ts';
import { errors } from '../../domain/errors.ts';
import type { IdempotencyKey, RecordsTransaction } from '../../ports/records.ts';
import type { Session } from './session.ts';

type Writing = Pick<RecordsTransaction, 'claim' | 'remember' | 'hold'>;

export const createIdempotencyWriting = (session: Session): Writing => ({
  claim: async (account, { key, fingerprint }) => {
    // Waits for a transaction that holds the key; when that one is undone, the key is ours.
    const { rowCount } = await session.query(
      'insert into facegate.idempotency (account, key, fingerprint) values ($1, $2, $3) on conflict do nothing',
      [account, key, fingerprint],
    );
    if (rowCount === 1) return undefined;
    return readAnswer(session, account, { key, fingerprint });
  },

  remember: async (account, { key }, answer) => {
    await session.query('update facegate.idempotency set answer = $3 where account = $1 and key = $2', [
      account,
      key,
      JSON.stringify(answer),
    ]);
  },

  hold: async (name) => {
    await session.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
  },
});

/** @throws FaceError `idempotency-conflict`. @returns undefined also while the answer is still being made. */
export async function readAnswer(
  session: Session,
  account: AccountId,
  { key, fingerprint }: IdempotencyKey,
): Promise<unknown> {
  const { rows } = await session.query<{ fingerprint: string; answer: unknown }>(
    'select fingerprint, answer from facegate.idempotency where account = $1 and key = $2',
    [account, key],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  if (row.fingerprint !== fingerprint) throw errors.idempotencyConflict();
  return row.answer;
}
