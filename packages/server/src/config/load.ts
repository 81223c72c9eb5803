import { readFileSync } from 'node:fs';
import { Value } from 'typebox/value';
import { type Config, OTHER_VARIABLES } from './schema.ts';
import { type Setting, settings } from './settings.ts';

/** Exit status of a process that was given wrong settings (sysexits' EX_CONFIG). */
export const EXIT_CONFIG = 78;

export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything wrong with the settings, one line each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/**
 * The settings: defaults, then the file that FACEGATE_CONFIG names, then the environment. Frozen throughout.
 *
 * @throws ConfigError with every problem found.
 */
export function loadConfig(env: Environment): Config {
  const known = settings();
  const problems = unknownVariables(env, known);
  const file = readConfigFile(env['FACEGATE_CONFIG'], problems);
  problems.push(...unknownKeys(file, known));
  const config = {};
  for (const setting of known) {
    const value = readVariable(env[setting.env], setting) ?? valueAt(file, setting.path) ?? setting.default;
    problems.push(...problemsOf(value, setting));
    if (value !== undefined) putAt(config, setting.path, value);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return freeze(config) as Config;
}

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function unknownVariables(env: Environment, known: readonly Setting[]): string[] {
  const names = new Set([...known.map((setting) => setting.env), ...Object.keys(OTHER_VARIABLES)]);
  const strays = Object.keys(env).filter((name) => name.startsWith('FACEGATE_') && !names.has(name));
  return strays.map((name) => `${name}: no such setting`);
}

function readConfigFile(path: string | undefined, problems: string[]): Json {
  if (path === undefined || path === '') return {};
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (isObject(value)) return value;
    problems.push(`FACEGATE_CONFIG: ${path} does not hold a JSON object`);
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'is not valid JSON' : 'cannot be read';
    problems.push(`FACEGATE_CONFIG: ${path} ${reason}`);
  }
  return {};
}

function unknownKeys(file: Json, known: readonly Setting[], path: readonly string[] = []): string[] {
  return Object.entries(file).flatMap(([key, value]) => {
    const here = [...path, key];
    const below = known.filter((setting) => here.every((part, i) => setting.path[i] === part));
    if (below.length === 0) return [`${here.join('.')}: no such setting`];
    const isGroup = below.some((setting) => setting.path.length > here.length);
    if (!isGroup) return [];
    return isObject(value) ? unknownKeys(value, known, here) : [`${here.join('.')}: must be an object`];
  });
}

/** Text of a variable as the setting's type; text that does not fit is left for the check to refuse. */
function readVariable(text: string | undefined, { schema, default: fallback }: Setting): unknown {
  if (text === undefined || (text === '' && fallback !== '')) return undefined;
  if (schema.type === 'integer') return /^-?\d+$/.test(text) ? Number(text) : text;
  if (schema.type === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (schema.type === 'boolean') return BOOLEANS.get(text.toLowerCase()) ?? text;
  if (schema.type === 'array') return readJson(text) ?? text;
  return text;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['on', true],
  ['yes', true],
  ['false', false],
  ['0', false],
  ['off', false],
  ['no', false],
]);

function problemsOf(value: unknown, setting: Setting): string[] {
  const { required, schema, path, env, description } = setting;
  if (value === undefined && !required) return [];
  const [first] = Value.Errors(schema, value);
  if (first === undefined) return [];
  const isVague = first.keyword === 'pattern' || first.keyword === 'enum';
  const reason = isVague ? `does not fit "${description}"` : first.message;
  const got = setting.isSecret ? 'a value that is not shown' : JSON.stringify(value);
  return [`${env} (${path.join('.')}): ${reason}, got ${got}`];
}

function valueAt(file: Json, path: readonly string[]): unknown {
  let value: unknown = file;
  for (const key of path) value = isObject(value) ? value[key] : undefined;
  return value ?? undefined;
}

function putAt(target: Json, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path;
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  const child = isObject(target[key]) ? target[key] : {};
  target[key] = child;
  putAt(child, rest, value);
}

function freeze<T extends object>(value: T): T {
  for (const child of Object.values(value)) if (typeof child === 'object' && child !== null) freeze(child);
  return Object.freeze(value);
}
