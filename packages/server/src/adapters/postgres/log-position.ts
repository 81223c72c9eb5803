import type { LogPosition } from '../../ports/change-log.ts';

/** A line's place: lines are ordered by transaction, then by number. Both as PostgreSQL writes them. */
interface Place {
  readonly transaction: string;
  readonly number: string;
}

export const positionOf = ({ transaction, number }: Place): LogPosition =>
  `${transaction}:${number}` as LogPosition;

/** Behind everything of transactions older than this one. */
export const positionBefore = (transaction: string): LogPosition => positionOf({ transaction, number: '0' });

export function partsOf(position: LogPosition): Place {
  const [transaction = '', number = ''] = position.split(':');
  return { transaction, number };
}
