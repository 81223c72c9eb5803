import { type Static, type TObject, Type } from 'typebox';
import { Value } from 'typebox/value';
import { DOORS, QUOTAS, SCOPES } from './domain/accounts/account.ts';
import { CALLBACK_DOORS } from './domain/callbacks/callback.ts';

const CLOSED = { additionalProperties: false } as const;
const Name = Type.String();
const Counts = <Names extends readonly string[]>(names: Names): TObject =>
  Type.Object(
    Object.fromEntries(names.map((name) => [name, Type.Optional(Type.Union([Type.Integer(), Type.Null()]))])),
    CLOSED,
  );

/** What the command line asks for, one JSON document. */
const AccountCommand = Type.Union([
  Type.Object({ action: Type.Literal('list') }, CLOSED),
  Type.Object({ action: Type.Enum(['create', 'disable', 'enable']), name: Name }, CLOSED),
  Type.Object(
    {
      action: Type.Literal('rotate'),
      name: Name,
      doors: Type.Optional(Type.Array(Type.Enum([...DOORS]), { minItems: 1, uniqueItems: true })),
      scopes: Type.Optional(Type.Array(Type.Enum([...SCOPES]), { minItems: 1, uniqueItems: true })),
      overlapSeconds: Type.Optional(Type.Integer()),
    },
    CLOSED,
  ),
  Type.Object(
    {
      action: Type.Literal('limits'),
      name: Name,
      mode: Type.Optional(Type.Enum(['live', 'testing'])),
      requestsPerMinute: Type.Optional(Counts(DOORS)),
      quotas: Type.Optional(Counts(QUOTAS)),
    },
    CLOSED,
  ),
  Type.Object(
    {
      action: Type.Literal('callback'),
      name: Name,
      door: Type.Enum([...CALLBACK_DOORS]),
      url: Type.Optional(Type.String()),
      off: Type.Optional(Type.Boolean()),
    },
    CLOSED,
  ),
]);

export type AccountCommand = Static<typeof AccountCommand>;

/** @throws Error when the text is none: a defect of whoever wrote it. */
export function parseAccountCommand(text: string): AccountCommand {
  const command: unknown = JSON.parse(text);
  if (!Value.Check(AccountCommand, command)) throw new Error('This is no command about accounts.');
  return command;
}
