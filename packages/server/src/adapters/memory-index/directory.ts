import type { RowSelection } from '@facegate/engine/search';
import type { AccountId } from '../../domain/enrolment/records.ts';
import type { GalleryQuery, GalleryReference } from '../../ports/gallery.ts';
import { type RowOwner, RowOwners } from './row-owners.ts';
import { RowSet, selectRows } from './row-set.ts';

type Scope = Pick<GalleryQuery, 'account' | 'groupNumbers' | 'subjects'>;

/** Who and what the rows of the index are: reference, subject, account, groups. */
export class Directory {
  readonly #rowOf = new Map<number, number>();
  /** Removed rows keep their last owner until they are used again. */
  readonly #owners = new RowOwners();
  /** Additions so far. */
  #additions = 0;
  /** A subject's only row, or all of them. */
  readonly #rowsOf = new Map<number, number | readonly number[]>();
  readonly #accounts = new Map<AccountId, RowSet>();
  readonly #groups = new Map<number, RowSet>();
  readonly #groupsOf = new Map<number, Set<number>>();

  rowOf(referenceNumber: number): number | undefined {
    return this.#rowOf.get(referenceNumber);
  }

  /** A moment, to be given to {@link ownerOf}. */
  get now(): number {
    return this.#additions;
  }

  /**
   * @param moment when the search that found the row began: a row may have been given to somebody else since, whose
   *   score is not the one that was found.
   */
  ownerOf(row: number, moment: number): RowOwner | undefined {
    return this.#owners.since(row) <= moment ? this.#owners.at(row) : undefined;
  }

  rowsOf(subjectNumber: number): readonly number[] {
    const rows = this.#rowsOf.get(subjectNumber);
    if (rows === undefined) return [];
    return typeof rows === 'number' ? [rows] : rows;
  }

  add(row: number, { account, number, subjectNumber }: Omit<GalleryReference, 'values'>): void {
    this.#rowOf.set(number, row);
    this.#owners.set(row, { referenceNumber: number, subjectNumber }, ++this.#additions);
    const rows = this.rowsOf(subjectNumber);
    this.#rowsOf.set(subjectNumber, rows.length === 0 ? row : [...rows, row]);
    entry(this.#accounts, account, () => new RowSet()).add(row);
    for (const group of this.#groupsOf.get(subjectNumber) ?? []) this.#groups.get(group)?.add(row);
  }

  /** @returns the row that is no longer anybody's. */
  remove(referenceNumber: number): number | undefined {
    const row = this.#rowOf.get(referenceNumber);
    if (row === undefined) return undefined;
    const owner = this.#owners.at(row);
    this.#rowOf.delete(referenceNumber);
    const rest = this.rowsOf(owner.subjectNumber).filter((other) => other !== row);
    if (rest.length === 0) this.#rowsOf.delete(owner.subjectNumber);
    else this.#rowsOf.set(owner.subjectNumber, rest);
    for (const rows of this.#accounts.values()) rows.delete(row);
    for (const group of this.#groupsOf.get(owner.subjectNumber) ?? []) this.#groups.get(group)?.delete(row);
    return row;
  }

  addMember(group: number, subject: number): void {
    entry(this.#groupsOf, subject, () => new Set()).add(group);
    const rows = entry(this.#groups, group, () => new RowSet());
    for (const row of this.rowsOf(subject)) rows.add(row);
  }

  removeMember(group: number, subject: number): void {
    const groups = this.#groupsOf.get(subject);
    groups?.delete(group);
    if (groups?.size === 0) this.#groupsOf.delete(subject);
    for (const row of this.rowsOf(subject)) this.#groups.get(group)?.delete(row);
  }

  removeGroup(group: number): void {
    this.#groups.delete(group);
    for (const [subject, groups] of this.#groupsOf) {
      groups.delete(group);
      if (groups.size === 0) this.#groupsOf.delete(subject);
    }
  }

  /**
   * The rows that a search may answer with.
   *
   * @param capacity rows of the index, removed ones included.
   * @returns undefined for all of them.
   */
  select(scope: Scope, capacity: number): RowSelection | undefined {
    const bounds = this.#boundsOf(scope);
    const { subjects } = scope;
    if (subjects?.op === 'in') return selectRows(this.#rowsWithin(subjects.numbers, bounds), capacity);
    if (subjects !== undefined && subjects.numbers.length > 0) {
      return selectRows(this.#rowsExcept(subjects.numbers, bounds), capacity);
    }
    if (bounds === undefined) return undefined;
    return bounds.length === 1 ? bounds[0]?.selection(capacity) : selectRows(union(bounds), capacity);
  }

  /** The sets whose union limits a search; undefined when nothing does. A group belongs to one account. */
  #boundsOf({ account, groupNumbers }: Scope): readonly RowSet[] | undefined {
    const none = new RowSet();
    if (groupNumbers !== undefined) return groupNumbers.map((group) => this.#groups.get(group) ?? none);
    const own = this.#accounts.get(account);
    return own !== undefined && own.size === this.#rowOf.size ? undefined : [own ?? none];
  }

  #rowsWithin(subjects: readonly number[], bounds: readonly RowSet[] | undefined): Set<number> {
    const rows = subjects.flatMap((subject) => this.rowsOf(subject));
    return new Set(bounds === undefined ? rows : rows.filter((row) => bounds.some((set) => set.has(row))));
  }

  #rowsExcept(subjects: readonly number[], bounds: readonly RowSet[] | undefined): Set<number> {
    const rows = bounds === undefined ? new Set(this.#rowOf.values()) : union(bounds);
    for (const subject of subjects) for (const row of this.rowsOf(subject)) rows.delete(row);
    return rows;
  }
}

function union(sets: readonly RowSet[]): Set<number> {
  const rows = new Set<number>();
  for (const set of sets) for (const row of set.values()) rows.add(row);
  return rows;
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
