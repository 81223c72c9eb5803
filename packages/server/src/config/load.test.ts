import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { envExample } from './env-example.ts';
import { ConfigError, type Environment, loadConfig } from './load.ts';

const problemsOf = (env: Environment): readonly string[] => {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

function configFile(content: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'facegate-config-')), 'config.json');
  writeFileSync(path, content);
  return path;
}

describe('loadConfig', () => {
  it('needs nothing: the defaults make a server for this machine alone', () => {
    expect(loadConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 41_101,
      data: '.facegate',
      metrics: true,
      surfaces: { regula: { enabled: true, prefix: '', imagesPerTypeMax: 2 } },
    });
    expect(loadConfig({})).not.toHaveProperty('pack');
  });

  it('is frozen to the last leaf', () => {
    const config = loadConfig({});
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.surfaces.regula)).toBe(true);
  });

  it('reads the environment over the file over the defaults', () => {
    const path = configFile('{"port": 1234, "host": "0.0.0.0", "surfaces": {"regula": {"enabled": false}}}');
    const config = loadConfig({ FACEGATE_CONFIG: path, FACEGATE_PORT: '5678', FACEGATE_METRICS: 'off' });
    expect(config).toMatchObject({
      port: 5678,
      host: '0.0.0.0',
      metrics: false,
      surfaces: { regula: { enabled: false, imagesPerTypeMax: 2 } },
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(loadConfig({ FACEGATE_PORT: '', FACEGATE_PACK: '' }).port).toBe(41_101);
  });

  it('lists every problem at once, each with its setting', () => {
    const path = configFile(
      '{"prot": 1, "images": {"sideMax": "big", "depth": 8}, "http": 3, "metrics": "maybe"}',
    );
    const problems = problemsOf({
      FACEGATE_CONFIG: path,
      FACEGATE_PORT: '99999',
      FACEGATE_WORKERS: '0',
      FACEGATE_LOG_LEVEL: 'loud',
      FACEGATE_REGULA_PREFIX: 'no-slash',
      FACEGATE_TYPO: '1',
    });
    for (const part of [
      'prot: no such setting',
      'images.depth: no such setting',
      'images.sideMax',
      'http: must be an object',
      'FACEGATE_METRICS',
      'FACEGATE_PORT (port)',
      'FACEGATE_WORKERS (workers)',
      'FACEGATE_LOG_LEVEL (logLevel)',
      'FACEGATE_REGULA_PREFIX (surfaces.regula.prefix)',
      'FACEGATE_TYPO: no such setting',
    ]) {
      expect(problems).toContainEqual(expect.stringContaining(part));
    }
    expect(problems).toHaveLength(10);
  });

  it('explains in words what a setting may be', () => {
    expect(problemsOf({ FACEGATE_LOG_LEVEL: 'loud' })[0]).toContain('silent, fatal, error');
    expect(problemsOf({ FACEGATE_CORS_ORIGINS: 'nonsense' })[0]).toContain('https://app.example');
  });

  it('shows nothing of a secret that is wrong', () => {
    const problems = problemsOf({ DATABASE_URL: 'mysql://me:hunter2@db', FACEGATE_MASTER_KEY: 'hunter2' });
    expect(problems).toHaveLength(2);
    expect(problems.join()).toContain('DATABASE_URL (database.url)');
    expect(problems.join()).not.toContain('hunter2');
  });

  it.each(['12x', '1.5', '0x10', ' 80'])('takes %j for no whole number', (FACEGATE_PORT) => {
    expect(problemsOf({ FACEGATE_PORT })).toHaveLength(1);
  });

  it.each([
    ['not JSON', configFile('{')],
    ['no object', configFile('[]')],
    ['nowhere', join(tmpdir(), 'facegate-absent', 'config.json')],
  ])('names a file that is %s', (_name, FACEGATE_CONFIG) => {
    expect(problemsOf({ FACEGATE_CONFIG })).toEqual([expect.stringContaining('FACEGATE_CONFIG')]);
  });

  it("leaves other programs' variables alone", () => {
    expect(problemsOf({ PATH: '/bin', PORT: 'x', FACEGATE_TEST_DATA: '/data' })).toEqual([]);
  });
});

it('.env.example says what the schema says', () => {
  const path = join(import.meta.dirname, '../../.env.example');
  expect(readFileSync(path, 'utf8')).toBe(envExample());
});
