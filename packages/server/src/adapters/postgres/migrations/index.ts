import { gallery } from './0001-gallery.ts';
import { retiredMasterKeys } from './0002-retired-master-keys.ts';
import { accounts } from './0003-accounts.ts';
import { audit } from './0004-audit.ts';
import { limits } from './0005-limits.ts';
import { cases } from './0006-cases.ts';
import { caseEnrolments } from './0007-case-enrolments.ts';
import { callbacks } from './0008-callbacks.ts';
import { erasureReceipts } from './0009-erasure-receipts.ts';

/** In order, forward only. One that was released is never edited. */
export const MIGRATIONS = [
  gallery,
  retiredMasterKeys,
  accounts,
  audit,
  limits,
  cases,
  caseEnrolments,
  callbacks,
  erasureReceipts,
] as const;
