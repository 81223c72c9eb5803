import { parseArgs } from 'node:util';
import type { AuditComposition } from './compose-audit.ts';
import { ConfigError, type Environment, EXIT_CONFIG, loadConfig } from './config/load.ts';
import type { Config } from './config/schema.ts';
import type { Place } from './domain/audit/chain.ts';
import { readTrail, whoSearchedFor } from './domain/audit/read-trail.ts';
import { type Fault, type TrailVerdict, verifyTrail } from './domain/audit/verify-trail.ts';
import type { AccountId } from './domain/enrolment/records.ts';
import type { AuditLine, TrailFilter } from './ports/audit-log.ts';

/** Exit status when the trail was tampered with. */
const EXIT_TAMPERED = 3;

/** All that the process has to do with the world. */
export interface AuditWorld {
  /** `verify`, `list` or `searches-for ID`, with their options. */
  readonly args: readonly string[];
  readonly env: Environment;
  /** Answers. */
  say(text: string): void;
  complain(text: string): void;
  compose(config: Config, say: (line: string) => void): Promise<AuditComposition>;
}

/**
 * Reads or verifies the audit trail of the store that the settings name.
 *
 * @returns the exit status: 0, 3 when the trail was tampered with, 78 for wrong settings, 1 for all else.
 */
export async function runAudit(world: AuditWorld): Promise<number> {
  try {
    const asked = readArgs(world.args);
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
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [command, subjectId] = positionals;
  return { ...values, command, subjectId };
}

async function answer(asked: Asked, parts: AuditComposition, world: AuditWorld): Promise<number> {
  const sayLine = (line: AuditLine) => world.say(`${asked.json ? jsonOf(line) : textOf(line)}\n`);
  if (asked.command === 'list') {
    await readTrail(parts.log, filterOf(asked), sayLine);
    return 0;
  }
  if (asked.command === 'searches-for' && asked.subjectId !== undefined) {
    await whoSearchedFor(parts.log, asked.subjectId, sayLine);
    return 0;
  }
  if (asked.command !== 'verify') throw new Error('verify, list or searches-for with an id is to be asked');
  const verdict = await verifyTrail(parts, anchorOf(asked.anchor));
  world.say(`${asked.json ? JSON.stringify(verdictToJson(verdict)) : verdictInWords(verdict)}\n`);
  return verdict.outcome === 'sound' ? 0 : EXIT_TAMPERED;
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
  return `facegate could not read the audit trail: ${error instanceof Error ? reasonOf(error) : String(error)}`;
}

/** Our own errors carry the reason as their cause. */
const reasonOf = (error: Error): string =>
  error.cause instanceof Error && error.cause.message !== error.message
    ? `${error.message}: ${error.cause.message}`
    : error.message;
