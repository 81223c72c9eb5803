import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { QUALITY_MEASURES } from '@facegate/engine/vocabulary';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHARACTERISTIC_NAMES, CHARACTERISTICS } from './characteristics.data.ts';
import { planQuality } from './plan-quality.ts';
import { qualityToWire } from './quality-to-wire.ts';

it('there are 48 characteristics, each of measures that the engine has', () => {
  expect(CHARACTERISTIC_NAMES).toHaveLength(48);
  const known: readonly string[] = QUALITY_MEASURES;
  for (const name of CHARACTERISTIC_NAMES) {
    const { measures, range } = CHARACTERISTICS[name];
    expect(known).toEqual(expect.arrayContaining([...measures]));
    expect(range[0]).toBeLessThanOrEqual(range[1]);
  }
});

const number = fc.double({ min: -100, max: 100, noNaN: true });
const measured = fc.uniqueArray(fc.record({ measure: fc.constantFrom(...QUALITY_MEASURES), value: number }), {
  selector: ({ measure }) => measure,
});
const asked = fc.uniqueArray(fc.constantFrom(...CHARACTERISTIC_NAMES), { minLength: 1 });

it('statuses, counts, names and score of any answer agree with each other', () => {
  fc.assert(
    fc.property(asked, measured, (names, values) => {
      const quality = Object.fromEntries(values.map(({ measure, value }) => [measure, value]));
      const plan = planQuality({ config: names.map((name) => ({ name })) }, 'picture')!;
      const answer = qualityToWire(plan.checks, { quality }, 0);
      expect(answer.details.map(({ name }) => name)).toEqual(names);
      for (const { status, value, range } of answer.details) {
        if (status === 1) expect(value >= range[0] && value <= range[1]).toBe(true);
        if (status === 0) expect(value < range[0] || value > range[1]).toBe(true);
        if (status === 2) expect(value).toBe(0);
      }
      const count = (wanted: number) => answer.details.filter(({ status }) => status === wanted).length;
      expect(answer.nonCompliant).toHaveLength(count(0));
      const sum = (key: 'totalCount' | 'compliantCount') =>
        answer.detailsGroups.reduce((total, group) => total + group[key], 0);
      expect(sum('totalCount')).toBe(names.length);
      expect(sum('compliantCount')).toBe(count(1));
      expect(answer.score).toBe(count(0) + count(1) === 0 ? -1 : count(1) / (count(0) + count(1)));
    }),
  );
});

it('a measure that is not there makes what is made of it undetermined', () => {
  const plan = planQuality({ config: CHARACTERISTIC_NAMES.map((name) => ({ name })) }, 'picture')!;
  const { details, nonCompliant } = qualityToWire(plan.checks, { quality: {} }, 0);
  expect(details.every(({ status }) => status === 2)).toBe(true);
  expect(nonCompliant).toEqual([]);
});

describe('docs/surfaces/regula.md', () => {
  const path = join(import.meta.dirname, '../../../../../../../docs/surfaces/regula.md');
  // Columns may be lined up.
  const rows = readFileSync(path, 'utf8').replace(/ +/g, ' ').split('\n');

  it('lists every characteristic in order, with its group, range and measures', () => {
    const told = rows.filter((row) => /^\| `[A-Z]\w+` \| [1-8] \|/.test(row));
    expect(told).toHaveLength(CHARACTERISTIC_NAMES.length);
    for (const [position, name] of CHARACTERISTIC_NAMES.entries()) {
      const { group, range, measures } = CHARACTERISTICS[name];
      const row = told[position]!;
      expect(row.startsWith(`| \`${name}\` | ${group} | ${range.join(', ')}`)).toBe(true);
      expect(row.endsWith(`| ${measures.map((measure) => `\`${measure}\``).join(', ')} |`)).toBe(true);
    }
  });
});
