import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { Wishes } from '../wire/detect-request.ts';
import { isAttributeName } from './attributes.ts';
import { isCharacteristicName } from './quality/characteristics.data.ts';
import { LEGACY_SCENARIO, SCENARIOS, type Scenario, type Scenarios } from './scenarios.ts';

/** One of the vendor's `sdk.detect.scenarios`: what a request can ask for, under a name. */
const CustomScenario = Type.Object(
  { scenario: Type.String({ minLength: 1, maxLength: 256 }), ...Wishes.properties },
  { additionalProperties: false },
);

export interface WrittenScenario {
  readonly value: unknown;
  /** Where it stands, for whoever must mend it. */
  readonly place: string;
}

export interface CustomScenarios {
  readonly scenarios: Scenarios;
  /** Everything wrong, one line each. */
  readonly problems: readonly string[];
}

/** What an operator wrote, checked more strictly than a request: here nobody would notice a name that is misspelt. */
export function readCustomScenarios(written: readonly WrittenScenario[]): CustomScenarios {
  const scenarios = new Map<string, Scenario>();
  const problems: string[] = [];
  for (const { value, place } of written) {
    if (!Value.Check(CustomScenario, value)) {
      problems.push(...shapeProblems(value, place));
      continue;
    }
    const { scenario: name, ...wishes } = value;
    const found = [...nameProblems(name, scenarios), ...contentProblems(wishes)];
    problems.push(...found.map((problem) => `${place} (${name}): ${problem}`));
    scenarios.set(name, wishes);
  }
  return { scenarios: Object.fromEntries(scenarios), problems };
}

const shapeProblems = (value: unknown, place: string): string[] =>
  Value.Errors(CustomScenario, value).map(
    ({ instancePath, message }) => `${place}${instancePath}: ${message}`,
  );

function nameProblems(name: string, taken: ReadonlyMap<string, unknown>): string[] {
  if (name === LEGACY_SCENARIO || Object.hasOwn(SCENARIOS, name)) return ["the name is the vendor's own"];
  return taken.has(name) ? ['the name is taken'] : [];
}

function contentProblems({ quality, attributes }: Scenario): string[] {
  const checks = quality?.config ?? [];
  const told = attributes?.config ?? [];
  return [
    ...checks.flatMap(({ name = '', range }) => [
      ...(isCharacteristicName(name ?? '') ? [] : [`there is no characteristic ${JSON.stringify(name)}`]),
      ...(isRange(range) ? [] : [`the range of ${name} ends before it begins`]),
    ]),
    ...told.flatMap(({ name = '' }) =>
      isAttributeName(name ?? '') ? [] : [`there is no attribute ${JSON.stringify(name)}`],
    ),
  ];
}

function isRange(range: readonly number[] | null | undefined): boolean {
  const [min = 0, max = 0] = range ?? [];
  return min <= max;
}
