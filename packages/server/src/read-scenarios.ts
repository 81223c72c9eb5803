import { readFileSync } from 'node:fs';
import { ConfigError } from './config/load.ts';
import type { Config } from './config/schema.ts';
import { readCustomScenarios, type WrittenScenario } from './surfaces/regula/translate/custom-scenarios.ts';
import type { Scenarios } from './surfaces/regula/translate/scenarios.ts';

const FILE_VARIABLE = 'FACEGATE_REGULA_SCENARIOS_FILE';

/**
 * The operator's scenarios for detect: those of the settings and those of the file that they name.
 *
 * @throws ConfigError with every problem found.
 */
export function readScenarios({ surfaces: { regula } }: Config): Scenarios {
  const { scenariosFile: path, scenarios: listed = [] } = regula;
  const inFile = path === undefined ? [] : readList(path);
  const { scenarios, problems } = readCustomScenarios([
    ...placed(listed, 'FACEGATE_REGULA_SCENARIOS'),
    ...placed(inFile, FILE_VARIABLE),
  ]);
  if (problems.length > 0) throw new ConfigError(problems);
  return scenarios;
}

const placed = (list: readonly unknown[], setting: string): WrittenScenario[] =>
  list.map((value, position) => ({ value, place: `${setting}[${position}]` }));

/** @throws ConfigError */
function readList(path: string): readonly unknown[] {
  const value = readJsonFile(path);
  if (!Array.isArray(value)) throw new ConfigError([`${FILE_VARIABLE}: ${path} does not hold a JSON list`]);
  return value;
}

/** @throws ConfigError */
function readJsonFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'is not valid JSON' : 'cannot be read';
    throw new ConfigError([`${FILE_VARIABLE}: ${path} ${reason}`]);
  }
}
