import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AccountId } from '../domain/enrolment/records.ts';
import { errors } from '../domain/errors.ts';
import type { AuditLine, AuditLog, Trail, TrailMark } from './audit-log.ts';

const HERE = 'here' as AccountId;
const ALL = Number.MIN_SAFE_INTEGER;

const bytes = (): Uint8Array => Uint8Array.from(randomBytes(32));
const mark = (number: number): TrailMark => ({ number, hash: bytes(), seal: bytes() });
const trail = (): Trail => ({ id: randomUUID(), sealedKey: bytes(), head: mark(0), cut: mark(0) });
const line = (number: number, rest: Partial<AuditLine> = {}): AuditLine => ({
  number,
  at: new Date(1_700_000_000_000 + number),
  account: HERE,
  actor: 'open',
  action: 'face.search',
  subjects: [],
  outcome: 'done',
  details: '{"faces":1}',
  requestId: undefined,
  previous: bytes(),
  hash: bytes(),
  ...rest,
});
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, part) =>
      part?.type === 'Buffer' ? Array.from(part.data) : part instanceof Uint8Array ? Array.from(part) : part,
    ),
  );

/** The promises of the AuditLog port. @param open a log on a store of its own, empty. */
export function auditLogContract(name: string, open: () => Promise<AuditLog>): void {
  const begun = async (lines: readonly AuditLine[] = []): Promise<AuditLog> => {
    const log = await open();
    await log.begin(trail());
    if (lines.length > 0) await log.append(() => ({ lines, head: mark(lines.at(-1)?.number ?? 0) }));
    return log;
  };
  const numbers = (lines: readonly AuditLine[]) => lines.map(({ number }) => number);

  describe(`${name} keeps the promises of AuditLog`, () => {
    it('has no trail until one is begun, and of several that are begun at once the same for all', async () => {
      const log = await open();
      expect(await log.trail()).toBeUndefined();
      const trails = await Promise.all(Array.from({ length: 5 }, () => log.begin(trail())));
      expect(new Set(trails.map(({ id }) => id)).size).toBe(1);
      expect(plain(await log.trail())).toEqual(plain(trails[0]));
    });

    it('gives lines back as they were written, whatever text they hold', async () => {
      const lines = [
        line(1),
        line(2, {
          subjects: [randomUUID(), 'a,"b"} {'],
          requestId: "';--\\",
          details: '{"a":"ü \\u0001 \\\\"}',
        }),
        line(3, { at: new Date('0001-01-01T00:00:00.001Z'), actor: 'null' }),
      ];
      const log = await begun(lines);
      const read = await log.inspect((view) => view.lines(ALL, 10));
      expect(plain(read)).toEqual(plain(lines));
      expect(read.map(({ at }) => at)).toEqual(lines.map(({ at }) => at));
    });

    it('moves the head with the lines: both or neither', async () => {
      const log = await begun([line(1)]);
      const head = mark(2);
      await expect(log.append(() => ({ lines: [line(1)], head }))).rejects.toThrow();
      expect((await log.trail())?.head.number).toBe(1);
      await log.append(() => ({ lines: [line(2)], head }));
      expect(plain((await log.trail())?.head)).toEqual(plain(head));
    });

    it('lets one append at a time: 40 at once follow one another', async () => {
      const log = await begun();
      await Promise.all(
        Array.from({ length: 40 }, () =>
          log.append(({ number }) => ({ lines: [line(number + 1)], head: mark(number + 1) })),
        ),
      );
      expect(numbers(await log.inspect((view) => view.lines(ALL, 100)))).toEqual(
        Array.from({ length: 40 }, (_, i) => i + 1),
      );
    });

    it('writes nothing without a trail, nor when its caller refuses', async () => {
      const without = await open();
      await expect(without.append(() => ({ lines: [], head: mark(1) }))).rejects.toMatchObject({
        code: 'internal',
      });
      const log = await begun();
      const refuse = () => {
        throw errors.internal('not behind this head');
      };
      await expect(log.append(refuse)).rejects.toThrow('not behind this head');
      expect((await log.trail())?.head.number).toBe(0);
    });

    it('leaves out what a filter does not ask for, and pages by number', async () => {
      const [her, him] = [randomUUID(), randomUUID()];
      const log = await begun([
        line(1, { subjects: [her, him] }),
        line(2, { subjects: [him], action: 'subject.erase' }),
        line(3, { subjects: [her], account: 'there' as AccountId }),
        line(4),
      ]);
      await log.inspect(async (view) => {
        expect(view.lineCount).toBe(4);
        expect(numbers(await view.lines(1, 2))).toEqual([2, 3]);
        expect(numbers(await view.lines(ALL, 9, { subject: her }))).toEqual([1, 3]);
        expect(numbers(await view.lines(ALL, 9, { subject: him, action: 'face.search' }))).toEqual([1]);
        expect(numbers(await view.lines(ALL, 9, { account: HERE }))).toEqual([1, 2, 4]);
        expect(numbers(await view.lines(ALL, 9, { since: new Date(1_700_000_000_003) }))).toEqual([3, 4]);
      });
    });

    it('shows one moment, whatever is written meanwhile', async () => {
      const log = await begun([line(1)]);
      await log.inspect(async (view) => {
        await log.append(() => ({ lines: [line(2)], head: mark(2) }));
        expect(view.trail?.head.number).toBe(1);
        expect(numbers(await view.lines(ALL, 9))).toEqual([1]);
      });
    });

    it('cuts from the front, once for each place it is cut at', async () => {
      const log = await begun([line(1), line(2), line(3)]);
      const [start, to] = [mark(0), mark(2)];
      expect(await log.cut(start, to)).toBe(true);
      expect(await log.cut(start, mark(3))).toBe(false);
      expect(plain((await log.trail())?.cut)).toEqual(plain(to));
      expect(numbers(await log.inspect((view) => view.lines(ALL, 9)))).toEqual([3]);
    });

    it('replaces the sealed key where it is still the one that was read', async () => {
      const log = await begun();
      const { sealedKey = bytes() } = (await log.trail()) ?? {};
      const next = bytes();
      expect(await log.replaceSealedKey(sealedKey, next)).toBe(true);
      expect(await log.replaceSealedKey(sealedKey, bytes())).toBe(false);
      expect(plain((await log.trail())?.sealedKey)).toEqual(plain(next));
    });
  });
}
