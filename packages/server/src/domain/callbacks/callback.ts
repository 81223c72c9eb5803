import type { Door } from '../accounts/account.ts';
import type { CaseKind } from '../cases/case.ts';
import type { AccountId } from '../enrolment/records.ts';

/** Doors whose vendors call back. */
export const CALLBACK_DOORS = ['facia'] as const satisfies readonly Door[];

export type CallbackDoor = (typeof CALLBACK_DOORS)[number];

/** Where an account wants to hear of its cases at one door. */
export interface CallbackAddress {
  readonly account: AccountId;
  readonly door: CallbackDoor;
  readonly url: string;
}

/** What is told of a case. */
export type CaseEvent = 'submitted' | 'accepted' | 'declined' | 'failed';

/** One event of one case, to be told once at least. */
export interface Notice {
  /** UUID: the same in every attempt to tell it. */
  readonly id: string;
  readonly event: CaseEvent;
  readonly reference: string;
  readonly clientReference?: string;
  readonly kind: CaseKind;
}

interface FormattedNotice {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** @returns HMAC-SHA-256 of a text in UTF-8, hexadecimal. */
export type Sign = (text: string) => string;

export interface NoticeSigning {
  /** With the newest secret that the account has at this door. */
  readonly sign: Sign;
  /** With the one before it, for as long as both hold. */
  readonly signPrevious?: Sign;
  /** The moment of this attempt. */
  readonly at: Date;
}

/** A notice in the words of one vendor, JSON. */
export type NoticeFormat = (notice: Notice, signing: NoticeSigning) => FormattedNotice;
