import { expect, it } from 'vitest';
import { commandLevel } from './compose-existing.ts';

it('leaves out what a server says in passing, unless more or less is asked for', () => {
  const levels = ['silent', 'error', 'warn', 'info', 'debug', 'trace'] as const;
  expect(levels.map(commandLevel)).toEqual(['silent', 'error', 'warn', 'warn', 'debug', 'trace']);
});
