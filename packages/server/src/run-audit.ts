import { parseArgs } from 'node:util';
import {
  checkReceipt,
  checkReceiptOffline,
  printReceipt,
  printReceiptKey,
  type ReceiptWorld,
} from './answer-receipts.ts';
import type { AuditComposition } from './compose-audit.ts';
import { ConfigError, type Environment, EXIT_CONFIG, loadConfig } from './config/load.ts';
import type { Config } from './config/schema.ts';
import type { Place } from './domain/audit/chain.ts';
import { readTrail, whoSearchedFor } from './domain/audit/read-trail.ts';
import { type Fault, type TrailVerdict, verifyTrail } from './domain/audit/verify-trail.ts';
import type { AccountId } from './domain/enrolment/records.ts';
import type { AuditLine, TrailFilter } from './ports/audit-log.ts';
import { reasonOf } from './reason-of.ts';

/** Exit status when the trail or a receipt was tampered with, and when there is no receipt. */
const EXIT_NEGATIVE = 3;

/** All that the process has to do with the world. */
export interface AuditWorld extends ReceiptWorld {
  /** `verify`, `list`, `searches-for ID`, `receipt REFERENCE`, `receipt-key` or `verify-receipt FILE`, with options. */
  readonly args: readonly string[];
  readonly env: Environment;
  compose(config: Config, say: (line: string) => void): Promise<AuditComposition>;
}

/**
 * Reads or verifies the audit trail of the store that the settings name, or attests what was erased there.
 *
 * @returns the exit status: 0, 3 when the answer is no, 78 for wrong settings, 1 for all else.
 */
export async function runAudit(world: AuditWorld): Promise<number> {
  try {
    const asked = readArgs(world.args);
    const { word, 'public-key': publicKey } = asked;
    if (asked.command === 'verify-receipt' && word !== undefined && publicKey !== undefined) {
      return exitOf(await checkReceiptOffline(world, { receipt: word, publicKey }, asked));
    }
    const composition = await world.compose(loadConfig(world.env), (line) =>
      world.complain(`facegate: ${line}\n`),
    );
    try {
      return await answer(asked, composition, world);
    } finally {
      await composition.close();
    }
  } catch (error) {
    world.complain(`${explain(error)}\n`);
    return error instanceof ConfigError ? EXIT_CONFIG : 1;
  }
}

type Asked = ReturnType<typeof readArgs>;

function readArgs(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = {
    json: { type: 'boolean' },
    anchor: text,
    subject: text,
    account: text,
    since: text,
    'public-key': text,
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [command, word] = positionals;
  return { ...values, command, word };
}

const exitOf = (isPositive: boolean): number => (isPositive ? 0 : EXIT_NEGATIVE);

async function answer(asked: Asked, parts: AuditComposition, world: AuditWorld): Promise<number> {
  const { word, json, account } = asked;
  const sayLine = (line: AuditLine) => world.say(`${json ? jsonOf(line) : textOf(line)}\n`);
  switch (asked.command) {
    case 'verify':
      return exitOf(await sayVerdict(asked, parts, world));
    case 'list':
      await readTrail(parts.log, filterOf(asked), sayLine);
      return 0;
    case 'searches-for':
      await whoSearchedFor(parts.log, named(word), sayLine);
      return 0;
    case 'receipt':
      return exitOf(await printReceipt(parts, world, { reference: named(word), account, json }));
    case 'receipt-key':
      await printReceiptKey(parts, world);
      return 0;
    case 'verify-receipt':
      return exitOf(await checkReceipt(parts, world, { path: named(word), json }));
    default:
      throw new Error(`${asked.command ?? 'nothing'} is not what can be asked`);
  }
}

function named(word: string | undefined): string {
  if (word === undefined) throw new Error('what it is about is to be named');
  return word;
}

async function sayVerdict(asked: Asked, parts: AuditComposition, { say }: AuditWorld): Promise<boolean> {
  const verdict = await verifyTrail(parts, anchorOf(asked.anchor));
  say(`${asked.json ? JSON.stringify(verdictToJson(verdict)) : verdictInWords(verdict)}\n`);
  return verdict.outcome === 'sound';
}

const filterOf = ({ account, subject, since }: Asked): TrailFilter => ({
  ...(account !== undefined && { account: account as AccountId }),
  ...(subject !== undefined && { subject: subject.toLowerCase() }),
  ...(since !== undefined && { since: new Date(since) }),
});

/** `number:hash`, as the server log says it. */
function anchorOf(text: string | undefined): Place | undefined {
  const [number, hash = ''] = text?.split(':') ?? [];
  return number === undefined ? undefined : { number: Number(number), hash: Buffer.from(hash, 'hex') };
}

const anchorText = ({ number, hash }: Place): string => `${number}:${Buffer.from(hash).toString('hex')}`;

function jsonOf({ previous: _previous, hash, details, at, ...line }: AuditLine): string {
  const hashText = Buffer.from(hash).toString('hex');
  return JSON.stringify({ ...line, at: at.toISOString(), details: JSON.parse(details), hash: hashText });
}

const textOf = ({
  number,
  at,
  account,
  actor,
  action,
  outcome,
  subjects,
  details,
  requestId,
}: AuditLine): string =>
  [
    number,
    at.toISOString(),
    account,
    actor,
    action,
    outcome,
    subjects.join(',') || '-',
    details,
    requestId ?? '-',
  ].join('  ');

const verdictToJson = (verdict: TrailVerdict): object =>
  verdict.outcome === 'sound' ? { ...verdict, last: anchorText(verdict.last) } : verdict;

const verdictInWords = (verdict: TrailVerdict): string =>
  verdict.outcome === 'sound'
    ? `The audit trail is sound: ${verdict.lineCount.toLocaleString('en')} lines from number ${verdict.from} on. ` +
      `It ends at ${anchorText(verdict.last)}`
    : `The audit trail was tampered with: ${faultInWords(verdict)}`;

function faultInWords(fault: Fault): string {
  switch (fault.fault) {
    case 'no-trail':
      return 'there is none. No server that keeps one has run on this store, or it was removed.';
    case 'foreign-key':
      return 'its key does not open with this master key. It was replaced, or this is the master key of another store.';
    case 'head-altered':
      return 'the record of where it ends was changed.';
    case 'cut-altered':
      return 'the record of where it begins was changed.';
    case 'line-missing':
      return `line ${fault.line} is missing.`;
    case 'line-altered':
      return `line ${fault.line} is not as it was written.`;
    case 'line-unlinked':
      return `line ${fault.line} was written behind another line than the one before it.`;
    case 'line-unexpected':
      return `line ${fault.line} does not belong there.`;
    case 'anchor-missed':
      return `line ${fault.line} is not the one that the anchor names.`;
  }
}

function explain(error: unknown): string {
  if (error instanceof ConfigError) {
    const problems = error.problems.map((line) => `  ${line}`).join('\n');
    return `facegate cannot read the audit trail with these settings:\n${problems}`;
  }
  return `facegate: ${error instanceof Error ? reasonOf(error) : String(error)}`;
}
