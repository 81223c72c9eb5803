import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './config/load.ts';
import { readScenarios } from './read-scenarios.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'facegate-scenarios-'));

function fileOf(content: string): string {
  const path = join(FOLDER, `${content.length}.json`);
  writeFileSync(path, content);
  return path;
}

function problemsOf(env: Readonly<Record<string, string>>): readonly string[] {
  try {
    readScenarios(loadConfig(env));
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const listed = (...scenarios: readonly unknown[]) => ({
  FACEGATE_REGULA_SCENARIOS: JSON.stringify(scenarios),
});

describe('scenarios of the operator', () => {
  it('are none unless there are some', () => {
    expect(readScenarios(loadConfig({}))).toEqual({});
  });

  it('are read by name, from the configuration file too', () => {
    const FACEGATE_CONFIG = fileOf('{"surfaces":{"regula":{"scenarios":[{"scenario":"Desk"}]}}}');
    expect(readScenarios(loadConfig({ FACEGATE_CONFIG }))).toEqual({ Desk: {} });
  });

  it('are refused with every problem at once, each with its place', () => {
    const problems = problemsOf({
      ...listed(
        { scenario: 'QualityICAO' },
        { scenario: 'OldMode' },
        { scenario: 'Desk', quality: { config: [{ name: 'Blurr' }, { name: 'Yaw', range: [5, -5] }] } },
        { scenario: 'Gate', attributes: { config: [{ name: 'Mood' }, { name: 'Age' }] } },
      ),
      FACEGATE_REGULA_SCENARIOS_FILE: fileOf(
        '[{"scenario":"Desk"},{"name":"Eyes"},7,{"scenario":"Crop","outputImageParams":{"crop":{"type":9}}}]',
      ),
    });
    for (const part of [
      "FACEGATE_REGULA_SCENARIOS[0] (QualityICAO): the name is the vendor's own",
      "FACEGATE_REGULA_SCENARIOS[1] (OldMode): the name is the vendor's own",
      'FACEGATE_REGULA_SCENARIOS[2] (Desk): there is no characteristic "Blurr"',
      'FACEGATE_REGULA_SCENARIOS[2] (Desk): the range of Yaw ends before it begins',
      'FACEGATE_REGULA_SCENARIOS[3] (Gate): there is no attribute "Mood"',
      'FACEGATE_REGULA_SCENARIOS_FILE[0] (Desk): the name is taken',
      'FACEGATE_REGULA_SCENARIOS_FILE[1]: must have required properties scenario',
      'FACEGATE_REGULA_SCENARIOS_FILE[2]: must be object',
      'FACEGATE_REGULA_SCENARIOS_FILE[3]/outputImageParams/crop/type: must be <= 4',
    ]) {
      expect(problems).toContain(part);
    }
    expect(problems.filter((problem) => problem.includes('Age'))).toEqual([]);
  });

  it.each([
    ['not JSON', () => fileOf('[')],
    ['no list', () => fileOf('{"scenario":"Desk"}')],
    ['nowhere', () => join(FOLDER, 'absent.json')],
  ])('name a file that is %s', (_name, path) => {
    expect(problemsOf({ FACEGATE_REGULA_SCENARIOS_FILE: path() })).toEqual([
      expect.stringContaining('FACEGATE_REGULA_SCENARIOS_FILE'),
    ]);
  });

  it.each(['[', '{"scenario":"Desk"}', 'Desk'])('%j in the settings is no list', (text) => {
    expect(problemsOf({ FACEGATE_REGULA_SCENARIOS: text })).toEqual([
      expect.stringContaining('FACEGATE_REGULA_SCENARIOS (surfaces.regula.scenarios)'),
    ]);
  });
});
