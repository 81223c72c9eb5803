import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Clock } from './clock.ts';
import type { RateCounters } from './rate-counters.ts';

const MINUTE = { limit: 5, windowSeconds: 60 };
const START = Date.UTC(2030, 0, 1);

/** A clock that stands still until it is told. */
const standing = () => {
  let at = START;
  const clock: Clock = { now: () => new Date(at) };
  const set = (seconds: number) => {
    at = START + seconds * 1000;
  };
  return { clock, set };
};

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The promises of the RateCounters port. @param open  without a clock: on the one that all nodes share. */
export function rateCountersContract(name: string, open: (clock?: Clock) => RateCounters): void {
  const opened = () => {
    const { clock, set } = standing();
    return { counters: open(clock), set, key: randomUUID() };
  };
  const isAllowed = async (counters: RateCounters, key: string, rate = MINUTE) =>
    (await counters.count(key, rate)).isAllowed;
  const take = async (counters: RateCounters, key: string, times: number) => {
    for (let i = 0; i < times; i++) expect(await isAllowed(counters, key)).toBe(true);
  };

  describe(`${name} keeps the promises of RateCounters`, () => {
    it('allows as many as the limit, and tells with each how many are left', async () => {
      const { counters, key } = opened();
      for (const remaining of [4, 3, 2, 1, 0]) {
        expect(await counters.count(key, MINUTE)).toEqual({
          isAllowed: true,
          ...MINUTE,
          remaining,
          resetAt: new Date(START + 60_000),
          retryAfterSeconds: remaining === 0 ? 60 : 0,
        });
      }
      expect(await counters.count(key, MINUTE)).toMatchObject({ isAllowed: false, remaining: 0 });
      expect(await isAllowed(counters, randomUUID())).toBe(true);
    });

    it('lets the window slide: full 59.9 s after the first, free for as many as have left it 60 s after', async () => {
      const { counters, set, key } = opened();
      await take(counters, key, 3);
      set(50);
      await take(counters, key, 2);
      set(59.9);
      expect(await counters.count(key, MINUTE)).toMatchObject({
        isAllowed: false,
        retryAfterSeconds: 1,
        resetAt: new Date(START + 110_000),
      });
      set(60.1);
      await take(counters, key, 3);
      expect(await isAllowed(counters, key)).toBe(false);
      set(109.9);
      expect(await counters.count(key, MINUTE)).toMatchObject({ isAllowed: false, retryAfterSeconds: 1 });
      set(110.1);
      expect(await counters.count(key, MINUTE)).toMatchObject({ isAllowed: true, remaining: 1 });
    });

    it('allows no more than the limit in any 60 seconds, whenever requests come', async () => {
      const { counters, set, key } = opened();
      const allowed: number[] = [];
      for (let at = 0; at < 300; at += 1.7) {
        set(at);
        if (await isAllowed(counters, key)) allowed.push(at);
      }
      const most = Math.max(
        ...allowed.map((from) => allowed.filter((at) => at >= from && at < from + 60).length),
      );
      expect(most).toBe(5);
      expect(allowed).toHaveLength(25);
    });

    it('does not count what it refused', async () => {
      const { counters, set, key } = opened();
      await take(counters, key, 5);
      for (let at = 1; at < 60; at += 5) {
        set(at);
        expect(await isAllowed(counters, key)).toBe(false);
      }
      set(60);
      await take(counters, key, 5);
    });

    it('holds a limit that was changed from the next count on', async () => {
      const { counters, set, key } = opened();
      await take(counters, key, 2);
      set(30);
      await take(counters, key, 3);
      const fewer = { ...MINUTE, limit: 2 };
      expect(await counters.count(key, fewer)).toMatchObject({
        isAllowed: false,
        limit: 2,
        remaining: 0,
        retryAfterSeconds: 60,
      });
      expect(await counters.count(key, { ...MINUTE, limit: 7 })).toMatchObject({
        isAllowed: true,
        remaining: 1,
      });
      set(89.9);
      expect(await isAllowed(counters, key, fewer)).toBe(false);
      set(90);
      expect(await isAllowed(counters, key, fewer)).toBe(true);
    });

    it('takes a count back, and none where there is none', async () => {
      const { counters, key } = opened();
      await counters.uncount(key);
      await take(counters, key, 5);
      await counters.uncount(key);
      expect(await counters.count(key, MINUTE)).toMatchObject({ isAllowed: true, remaining: 0 });
      expect(await isAllowed(counters, key)).toBe(false);
    });

    it('starts anew when its clock was put back by an hour, and refuses nobody for an hour', async () => {
      const { counters, set, key } = opened();
      await take(counters, key, 5);
      set(-3600);
      await take(counters, key, 5);
      expect(await isAllowed(counters, key)).toBe(false);
    });

    it('forgets keys of which nothing counts any longer, and no other', async () => {
      const { counters, set, key } = opened();
      const later = randomUUID();
      await take(counters, key, 5);
      set(30);
      await take(counters, later, 5);
      set(60);
      await counters.forgetLapsed();
      expect(await isAllowed(counters, later)).toBe(false);
      await take(counters, key, 5);
    });

    it('allows exactly the limit of 200 at once, on two nodes', async () => {
      const [one, two, key] = [open(), open(), randomUUID()];
      const rate = { limit: 60, windowSeconds: 60 };
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? one : two).count(key, rate)),
      );
      const allowed = answers.filter((answer) => answer.isAllowed);
      expect(allowed.map(({ remaining }) => remaining).sort((a, b) => b - a)).toEqual(
        Array.from({ length: 60 }, (_, i) => 59 - i),
      );
    });

    it('lets a real window of two seconds slide', async () => {
      const [counters, key] = [open(), randomUUID()];
      const rate = { limit: 3, windowSeconds: 2 };
      const times: { before: number; after: number }[] = [];
      const began = performance.now();
      while (performance.now() - began < 5000) {
        const before = performance.now();
        const { isAllowed } = await counters.count(key, rate);
        if (isAllowed) times.push({ before, after: performance.now() });
        await pause(20);
      }
      for (const [i, { before }] of times.entries()) {
        const fourth = times[i + 3];
        if (fourth !== undefined) expect(fourth.after - before).toBeGreaterThan(1990);
      }
      expect(times.length).toBeGreaterThanOrEqual(6);
      expect(times.length).toBeLessThanOrEqual(9);
    });
  });
}
