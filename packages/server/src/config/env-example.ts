import { OTHER_VARIABLES } from './schema.ts';
import { settings } from './settings.ts';

/** The text of `.env.example`: every variable with its meaning and its default, commented out. */
export function envExample(): string {
  const entries = settings().map(({ env, description, default: value }) =>
    entry(env, description, value === undefined ? '' : String(value)),
  );
  const others = Object.entries(OTHER_VARIABLES).map(([env, description]) => entry(env, description, ''));
  return `${[...entries, ...others].join('\n\n')}\n`;
}

const entry = (env: string, description: string, value: string): string =>
  `# ${description}\n# ${env}=${value}`;
