import { comparisonScore, type Template } from '@facegate/engine/vocabulary';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AccountId } from '../domain/enrolment/records.ts';
import type { Gallery, GalleryQuery, GalleryReference } from './gallery.ts';

const PACK = 'contract@1.0.0';
const HERE = 'here' as AccountId;
const ELSEWHERE = 'elsewhere' as AccountId;
const ALL = comparisonScore(-1);

/** Pseudo-random numbers in [0, 1) that repeat from run to run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function unit(values: readonly number[]): Float32Array {
  const length = Math.hypot(...values);
  return Float32Array.from(values, (value) => value / length);
}

const templateOf = (values: Float32Array): Template => ({ packId: PACK, values });

/** The promises of the Gallery port. */
export function galleryContract(name: string, open: (dimension: number) => Gallery, dimension: number): void {
  const opened = (): Gallery => {
    const gallery = open(dimension);
    onTestFinished(() => gallery.close());
    return gallery;
  };
  const makeVectors = (seed: number) => {
    const random = randomFrom(seed);
    return () => unit(Array.from({ length: dimension }, () => random() - 0.5));
  };
  /** `count` references of subjects with up to three each, in two accounts. */
  const population = (count: number, seed: number): GalleryReference[] => {
    const vector = makeVectors(seed);
    return Array.from({ length: count }, (_, i) => ({
      account: i % 7 === 0 ? ELSEWHERE : HERE,
      number: 1000 + i,
      subjectNumber: i % 7 === 0 ? 50_000 + i : Math.floor(i / 3),
      values: vector(),
    }));
  };
  const query = (probe: Float32Array, rest: Partial<GalleryQuery> = {}): GalleryQuery => ({
    account: HERE,
    probe: templateOf(probe),
    subjectsMax: 5,
    scoreMin: ALL,
    ...rest,
  });
  const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  /** What comparing with every reference gives. */
  const byHand = (
    references: readonly GalleryReference[],
    { probe, scoreMin, subjectsMax }: GalleryQuery,
    allowed: (reference: GalleryReference) => boolean = ({ account }) => account === HERE,
  ) => {
    const subjects = new Map<number, { number: number; score: number }[]>();
    const scored = references
      .filter(allowed)
      .map((reference) => ({ reference, score: dot(probe.values, reference.values) }))
      .filter(({ score }) => score >= scoreMin)
      .sort((a, b) => b.score - a.score);
    for (const { reference, score } of scored) {
      const list = subjects.get(reference.subjectNumber) ?? [];
      subjects.set(reference.subjectNumber, [...list, { number: reference.number, score }]);
    }
    return [...subjects].slice(0, subjectsMax).map(([subject, list]) => [subject, list.map((r) => r.number)]);
  };
  const told = async (gallery: Gallery, asked: GalleryQuery) =>
    (await gallery.nearest(asked)).candidates.map(({ subjectNumber, references }) => [
      subjectNumber,
      references.map((reference) => reference.number),
    ]);

  describe(`${name} keeps the Gallery's promises`, () => {
    it('finds nobody while it is empty', async () => {
      const gallery = opened();
      expect(gallery.size).toBe(0);
      expect(await told(gallery, query(makeVectors(1)()))).toEqual([]);
    });

    it('answers what comparing with every reference would, by subject', async () => {
      const gallery = opened();
      const references = population(700, 2);
      gallery.add(references);
      const probes = makeVectors(3);
      for (let i = 0; i < 20; i++) {
        const asked = query(probes(), { subjectsMax: 1 + (i % 9) });
        expect(await told(gallery, asked)).toEqual(byHand(references, asked));
      }
    });

    it('leaves out references below the least score, and scores the rest truly', async () => {
      const gallery = opened();
      const references = population(300, 4);
      gallery.add(references);
      const probe = references[10]?.values ?? new Float32Array(dimension);
      const asked = query(probe, { scoreMin: comparisonScore(0.05), subjectsMax: 1000 });
      const { candidates, searched } = await gallery.nearest(asked);
      expect(candidates[0]?.references[0]).toMatchObject({ number: 1010 });
      expect(candidates[0]?.references[0]?.score).toBeCloseTo(1, 5);
      expect(searched).toBe(references.filter(({ account }) => account === HERE).length);
      expect(await told(gallery, asked)).toEqual(byHand(references, asked));
    });

    it('searches one account alone', async () => {
      const gallery = opened();
      const references = population(100, 5);
      gallery.add(references);
      const asked = query(makeVectors(6)(), { account: ELSEWHERE });
      expect(await told(gallery, asked)).toEqual(
        byHand(references, asked, ({ account }) => account === ELSEWHERE),
      );
      expect(await told(gallery, query(makeVectors(6)(), { account: 'nobody' as AccountId }))).toEqual([]);
    });

    it.each([
      ['a small group', 4],
      ['a large group', 150],
    ])('searches %s, as its members come and go', async (_size, members) => {
      const gallery = opened();
      const references = population(600, 7);
      for (let subject = 0; subject < members; subject++) gallery.addMember(9, subject);
      gallery.add(references);
      const isMember = (from: number) => (r: GalleryReference) =>
        r.account === HERE && r.subjectNumber >= from && r.subjectNumber < members;
      const asked = query(makeVectors(8)(), { groupNumbers: [9] });
      expect(await told(gallery, asked)).toEqual(byHand(references, asked, isMember(0)));
      gallery.removeMember(9, 0);
      expect(await told(gallery, asked)).toEqual(byHand(references, asked, isMember(1)));
      gallery.addMember(9, 0);
      const late = { account: HERE, number: 5, subjectNumber: 0, values: asked.probe.values };
      gallery.add([late]);
      expect(await told(gallery, asked)).toEqual(byHand([...references, late], asked, isMember(0)));
      gallery.removeGroup(9);
      expect(await told(gallery, asked)).toEqual([]);
    });

    it('searches the members of any of several groups', async () => {
      const gallery = opened();
      const references = population(120, 9);
      gallery.add(references);
      gallery.addMember(1, 3);
      gallery.addMember(2, 3);
      gallery.addMember(2, 11);
      const asked = query(makeVectors(10)(), { groupNumbers: [1, 2, 404] });
      const expected = byHand(
        references,
        asked,
        (r) => r.account === HERE && [3, 11].includes(r.subjectNumber),
      );
      expect(await told(gallery, asked)).toEqual(expected);
    });

    it('takes or leaves out named subjects, within groups too', async () => {
      const gallery = opened();
      const references = population(200, 11);
      gallery.add(references);
      for (const subject of [1, 2, 3, 4]) gallery.addMember(1, subject);
      const asked = (rest: Partial<GalleryQuery>) => query(makeVectors(12)(), { subjectsMax: 100, ...rest });
      const cases: [Partial<GalleryQuery>, (subject: number) => boolean][] = [
        [{ subjects: { op: 'in', numbers: [2, 9, 777_777] } }, (s) => [2, 9].includes(s)],
        [{ subjects: { op: 'in', numbers: [] } }, () => false],
        [{ subjects: { op: 'nin', numbers: [2, 9] } }, (s) => ![2, 9].includes(s)],
        [{ subjects: { op: 'nin', numbers: [] } }, () => true],
        [{ groupNumbers: [1], subjects: { op: 'in', numbers: [2, 9] } }, (s) => s === 2],
        [{ groupNumbers: [1], subjects: { op: 'nin', numbers: [2, 9] } }, (s) => [1, 3, 4].includes(s)],
      ];
      for (const [scope, allowed] of cases) {
        const expected = byHand(
          references,
          asked(scope),
          (r) => r.account === HERE && allowed(r.subjectNumber),
        );
        expect(await told(gallery, asked(scope))).toEqual(expected);
      }
    });

    it('forgets a removed reference at once and takes the rest of its subject for what it is', async () => {
      const gallery = opened();
      const references = population(90, 13);
      gallery.add(references);
      const gone = references.filter((_, i) => i % 2 === 1).map(({ number }) => number);
      gallery.remove(gone);
      gallery.remove([424_242]);
      expect(gallery.size).toBe(45);
      expect([gallery.has(1001), gallery.has(1002)]).toEqual([false, true]);
      const rest = references.filter(({ number }) => !gone.includes(number));
      const asked = query(makeVectors(14)(), { subjectsMax: 100 });
      expect(await told(gallery, asked)).toEqual(byHand(rest, asked));
      const replacement = { account: HERE, number: 9000, subjectNumber: 7000, values: asked.probe.values };
      gallery.add([replacement, replacement]);
      gallery.add([replacement]);
      expect(await told(gallery, asked)).toEqual(byHand([...rest, replacement], asked));
    });

    it('never answers with a reference under the score of another, whatever changes meanwhile', async () => {
      const gallery = opened();
      const vector = makeVectors(15);
      const random = randomFrom(16);
      const known: Float32Array[] = [];
      const addOne = () => {
        const values = vector();
        const number = known.push(values) - 1;
        gallery.add([{ account: HERE, number, subjectNumber: number, values }]);
      };
      const replaceSome = () => {
        for (let change = 0; change < 3; change++) {
          gallery.remove([Math.floor(random() * known.length)]);
          addOne();
        }
      };
      for (let i = 0; i < 200; i++) addOne();
      for (let round = 0; round < 150; round++) {
        const probe = vector();
        const answer = gallery.nearest(query(probe, { subjectsMax: 20 }));
        replaceSome();
        const found = (await answer).candidates.flatMap(({ references }) => references);
        expect(found.length).toBeGreaterThan(10);
        for (const { number, score } of found) {
          expect(score).toBeCloseTo(dot(probe, known[number] ?? new Float32Array(dimension)), 4);
        }
      }
    });

    it('gives up with timeout when the signal has fired', async () => {
      const gallery = opened();
      gallery.add(population(50, 17));
      await expect(gallery.nearest(query(makeVectors(18)()), AbortSignal.abort())).rejects.toMatchObject({
        code: 'timeout',
      });
    });
  });
}
