import type { Pool } from 'pg';
import type { Records, RecordsTransaction } from '../../ports/records.ts';
import { withFaceErrors } from './face-errors.ts';
import { createHousekeeping } from './housekeeping.ts';
import { createGroupReading } from './read-groups.ts';
import { createReferenceReading } from './read-references.ts';
import { createSubjectReading } from './read-subjects.ts';
import { createDataKeyReading, createDataKeyWriting } from './sealed-data-keys.ts';
import type { Session } from './session.ts';
import { runTransaction } from './transaction.ts';
import { createGroupWriting } from './write-groups.ts';
import { createIdempotencyWriting, readAnswer } from './write-idempotency.ts';
import { createReferenceWriting } from './write-references.ts';
import { createSubjectWriting } from './write-subjects.ts';

export interface RecordsOptions {
  /** Called after each transaction, when what it wrote can be read by others. */
  readonly onCommit?: () => void;
}

/** The Records port on PostgreSQL 15 or later, in the schema `facegate`. */
export function createRecords(pool: Pool, { onCommit = () => {} }: RecordsOptions = {}): Records {
  const reading = withFaceErrors(pool);
  return {
    ...createSubjectReading(reading),
    ...createGroupReading(reading),
    ...createReferenceReading(reading),
    ...createHousekeeping(reading),
    ...createDataKeyReading(reading),
    rememberedAnswer: (account, key) => readAnswer(reading, account, key),
    transaction: async (work) => {
      const result = await runTransaction(pool, (client) => work(writingIn(client)));
      onCommit();
      return result;
    },
  };
}

const writingIn = (session: Session): RecordsTransaction => ({
  ...createIdempotencyWriting(session),
  ...createSubjectWriting(session),
  ...createReferenceWriting(session),
  ...createGroupWriting(session),
  ...createDataKeyWriting(session),
});
