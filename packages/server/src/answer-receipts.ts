import type { KeyObject } from 'node:crypto';
import type { AuditComposition } from './compose-audit.ts';
import { issueReceipt, type NoReceipt } from './domain/erasure/issue-receipt.ts';
import { parsePublicKey, publicKeyText, receiptKeys } from './domain/erasure/receipt-key.ts';
import { type ReceiptVerdict, verifyReceipt } from './domain/erasure/sign-receipt.ts';

/** What receipts are told and read through. */
export interface ReceiptWorld {
  say(text: string): void;
  complain(text: string): void;
  /** @throws when there is no such file. */
  readText(path: string): Promise<string>;
}

export interface ReceiptFormat {
  /** One line of JSON. */
  readonly json?: boolean | undefined;
}

interface ReceiptQuestion extends ReceiptFormat {
  readonly reference: string;
  /** Name of an account, or a space as audit lines have it. @default any */
  readonly account?: string | undefined;
}

/** Prints the receipt of an erased case, or says why there is none. @returns whether there is one. @throws FaceError */
export async function printReceipt(
  parts: AuditComposition,
  world: ReceiptWorld,
  { reference, account, json }: ReceiptQuestion,
): Promise<boolean> {
  const issued = await issueReceipt(parts, reference.toUpperCase(), await ownerOf(parts, account));
  const isRefused = 'reason' in issued;
  if (json || !isRefused) world.say(`${JSON.stringify(issued, undefined, json ? 0 : 2)}\n`);
  if (isRefused) world.complain(`facegate: no receipt: ${reasonInWords(issued)}\n`);
  return !isRefused;
}

/** Whether a space is the account's, at whatever door. */
async function ownerOf({ accountStore }: AuditComposition, name: string | undefined) {
  if (name === undefined) return () => true;
  const id = (await accountStore.byName(name))?.id ?? name;
  return (space: string): boolean => space === id || space.startsWith(`${id}/`);
}

function reasonInWords(refusal: NoReceipt): string {
  switch (refusal.reason) {
    case 'unknown':
      return 'there is no such case.';
    case 'not-erased':
      return 'the case is not erased.';
    case 'not-counted':
      return 'the case was submitted to an earlier release, which did not count what it held.';
    case 'files-left':
      return `${refusal.filesLeft} of its files could not be removed yet. The server tries again; ask later.`;
    case 'under-examination':
      return `it was being examined when it was erased. Ask again after ${refusal.until.toISOString()}.`;
    case 'trail-altered':
      return "the audit trail's line about it is not as it was written. See: facegate audit verify";
  }
}

/** Prints the key that the receipts of this store are verified with. @throws FaceError */
export async function printReceiptKey(parts: AuditComposition, { say }: ReceiptWorld): Promise<void> {
  say(publicKeyText((await receiptKeys(parts)).publicKey));
}

/** @throws when a file is not there, or holds no key. */
export async function checkReceiptOffline(
  world: ReceiptWorld,
  paths: { readonly receipt: string; readonly publicKey: string },
  format: ReceiptFormat,
): Promise<boolean> {
  const publicKey = parsePublicKey(await world.readText(paths.publicKey));
  if (publicKey === undefined) throw new Error(`${paths.publicKey} holds no Ed25519 public key`);
  return check(world, { path: paths.receipt, publicKey }, format);
}

/** Checks a receipt against the key of this store. @throws FaceError, or when the file is not there. */
export async function checkReceipt(
  parts: AuditComposition,
  world: ReceiptWorld,
  { path, ...format }: ReceiptFormat & { readonly path: string },
): Promise<boolean> {
  return check(world, { path, publicKey: (await receiptKeys(parts)).publicKey }, format);
}

interface Checking {
  readonly path: string;
  readonly publicKey: KeyObject;
}

async function check(
  { say, readText }: ReceiptWorld,
  { path, publicKey }: Checking,
  { json }: ReceiptFormat,
): Promise<boolean> {
  const verdict = verifyReceipt(await readText(path), publicKey);
  say(`${json ? JSON.stringify(verdict) : verdictInWords(verdict)}\n`);
  return verdict.outcome === 'genuine';
}

function verdictInWords(verdict: ReceiptVerdict): string {
  switch (verdict.outcome) {
    case 'genuine':
      return `The receipt is genuine: case ${verdict.receipt.reference} was erased at ${verdict.receipt.erasedAt}.`;
    case 'altered':
      return 'The receipt is not as it was signed.';
    case 'other-key':
      return 'The receipt was signed with another key, or was altered.';
    case 'not-a-receipt':
      return 'This is not a receipt.';
  }
}
