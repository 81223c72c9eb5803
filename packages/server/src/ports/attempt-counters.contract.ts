import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AccountId } from '../domain/enrolment/records.ts';
import type { AttemptCounters } from './attempt-counters.ts';
import type { Clock } from './clock.ts';

const POLICY = { failuresMax: 5, delaySeconds: 30, delaySecondsMax: 3600 };
const PATIENT = { ...POLICY, failuresMax: 10 };
const DAY_SECONDS = 86_400;

/** The promises of the AttemptCounters port. @param open  without a clock: on the one that all nodes share. */
export function attemptCountersContract(name: string, open: (clock?: Clock) => AttemptCounters): void {
  const newSubject = () => ({ space: 'here' as AccountId, subjectId: randomUUID() });
  const opened = () => {
    let at = Date.UTC(2030, 0, 1);
    const counters = open({ now: () => new Date(at) });
    const subject = newSubject();
    return {
      counters,
      subject,
      pass: (seconds: number) => {
        at += seconds * 1000;
      },
      begin: (policy = POLICY) => counters.begin(subject, policy),
      fail: async (times: number, policy = POLICY) => {
        for (let i = 0; i < times; i++) {
          expect(await counters.begin(subject, policy)).toBe(0);
          await counters.end(subject, 'failure');
        }
      },
    };
  };

  describe(`${name} keeps the promises of AttemptCounters`, () => {
    it('delays after five failures in a row, and twice as long with each further one, up to an hour', async () => {
      const { begin, fail, pass } = opened();
      await fail(5);
      for (const delay of [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]) {
        expect(await begin()).toBe(delay);
        pass(delay - 1);
        expect(await begin()).toBe(1);
        pass(1);
        await fail(1);
      }
    });

    it('bears more failures of a policy that allows more, counted together', async () => {
      const { begin, fail } = opened();
      await fail(5);
      expect(await begin()).toBe(30);
      await fail(5, PATIENT);
      expect(await begin(PATIENT)).toBe(30);
      expect(await begin()).toBe(30 * 32);
    });

    it('forgets the failures before a success', async () => {
      const { counters, subject, begin, fail } = opened();
      await fail(4);
      expect(await begin()).toBe(0);
      await counters.end(subject, 'success');
      await fail(5);
      expect(await begin()).toBe(30);
    });

    it('counts an attempt for nothing that was abandoned, and one as a failure that never ended', async () => {
      const { counters, subject, begin, fail } = opened();
      for (let i = 0; i < 20; i++) {
        expect(await begin()).toBe(0);
        await counters.end(subject, 'abandoned');
      }
      await fail(4);
      expect(await begin()).toBe(0);
      expect(await begin()).toBe(30);
    });

    it('gains nobody time by abandoning attempts', async () => {
      const { counters, subject, begin, fail, pass } = opened();
      await fail(5);
      pass(10);
      expect(await begin(PATIENT)).toBe(0);
      await counters.end(subject, 'abandoned');
      expect(await begin()).toBe(30);
      await counters.end(newSubject(), 'abandoned');
    });

    it('delays from the end of the last failure on', async () => {
      const { counters, subject, begin, fail, pass } = opened();
      await fail(4);
      await begin();
      pass(25);
      await counters.end(subject, 'failure');
      expect(await begin()).toBe(30);
    });

    it('counts a failure whose attempt began before a success', async () => {
      const { counters, subject, begin, fail } = opened();
      await begin();
      await begin();
      await counters.end(subject, 'success');
      await counters.end(subject, 'failure');
      await fail(4);
      expect(await begin()).toBe(30);
    });

    it('keeps subjects and spaces apart, of ids of any length', async () => {
      const { counters, subject, fail } = opened();
      await fail(5);
      const others = [
        newSubject(),
        { space: 'elsewhere' as AccountId, subjectId: subject.subjectId },
        { space: 'here' as AccountId, subjectId: `${subject.subjectId}${'x'.repeat(10_000)}` },
      ];
      for (const other of others) expect(await counters.begin(other, POLICY)).toBe(0);
    });

    it('lets no more than five of many at once begin, and one when the delay is over', async () => {
      const subject = newSubject();
      const [one, two] = [open(), open()];
      const many = (policy = POLICY) =>
        Promise.all(Array.from({ length: 40 }, (_, i) => (i % 2 ? one : two).begin(subject, policy)));
      const waits = await many();
      expect(waits.filter((seconds) => seconds === 0)).toHaveLength(5);
      expect(Math.max(...waits)).toBeLessThanOrEqual(30);
      const short = { ...POLICY, delaySeconds: 1 };
      await new Promise((resolve) => setTimeout(resolve, 1100));
      expect((await many(short)).filter((seconds) => seconds === 0)).toHaveLength(1);
    });

    it('waits for no time that its clock has been put back', async () => {
      const { begin, fail, pass } = opened();
      await fail(5);
      pass(-3600);
      expect(await begin()).toBe(0);
      expect(await begin()).toBe(60);
    });

    it('forgets subjects without an attempt for long, and no other', async () => {
      const { counters, subject, begin, fail, pass } = opened();
      await fail(5);
      pass(DAY_SECONDS - 1);
      await counters.forgetQuiet(DAY_SECONDS);
      await fail(1);
      expect(await begin()).toBe(60);
      pass(DAY_SECONDS + 1);
      await counters.forgetQuiet(DAY_SECONDS);
      await fail(5);
      expect(await begin()).toBe(30);
      expect(await counters.begin(subject, PATIENT)).toBe(0);
    });
  });
}
