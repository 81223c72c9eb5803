import { type DestinationStream, destination, type Logger, pino } from 'pino';

/** Whatever slips into a log object under these names is blacked out, down to two levels; counts stay. */
const SECRET_NAMES = [
  'image',
  'images',
  'data',
  'content',
  'crop',
  'thumbnail',
  'body',
  'template',
  'values',
  'name',
  'externalId',
  'metadata',
  'authorization',
  'cookie',
  'password',
  'token',
];

export interface LoggerOptions {
  readonly level: string;
  /** @default standard error: standard output belongs to the operator's banner */
  readonly sink?: DestinationStream;
}

/** JSON lines with redaction. */
export function createLogger({ level, sink = destination(2) }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      redact: {
        paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: (value) => (typeof value === 'number' ? value : '[redacted]'),
      },
    },
    sink,
  );
}
