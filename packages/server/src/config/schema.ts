import { type Static, type TSchema, Type } from 'typebox';

/** A setting's schema with its environment variable, its meaning and its value when nobody gives one. */
interface Documented {
  /** `DATABASE_URL` is what everybody calls it. */
  readonly env: `FACEGATE_${string}` | 'DATABASE_URL';
  readonly description: string;
  readonly default?: unknown;
  /** Never shown, whatever is wrong with it. */
  readonly isSecret?: boolean;
}

const setting = <T extends TSchema>(schema: T, documented: Documented): T => ({ ...schema, ...documented });

const optional = <T extends TSchema>(schema: T, documented: Documented) =>
  Type.Optional(setting(schema, documented));

/** `*`, or origins as browsers write them: scheme, host, port, no slash at the end. */
const ORIGIN = '[a-z][a-z0-9+.-]*://[^\\s,/]+';
const ORIGINS = `^(\\*|${ORIGIN}( *, *${ORIGIN})*)?$`;

/** Hosts, each a name, an IPv4 address or an IPv6 address in brackets, with or without a port. */
const HOST = '([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?';
const HOSTS = `^(${HOST}( *, *${HOST})*)?$`;

/** IP addresses and CIDR ranges; whether each is one is seen when it is read. */
const NETWORK = '[0-9A-Fa-f:.]+(/[0-9]{1,3})?';
const NETWORKS = `^(${NETWORK}( *, *${NETWORK})*)?$`;

const perMinute = (fallback: number, documented: Pick<Documented, 'env' | 'description'>) =>
  setting(Type.Integer({ minimum: 0, maximum: 100_000 }), { ...documented, default: fallback });

/**
 * Every setting: the one source of the types, the defaults, the checks, the environment variables and `.env.example`.
 * A configuration file has this shape.
 */
export const ConfigSchema = Type.Object({
  host: setting(Type.String({ minLength: 1 }), {
    env: 'FACEGATE_HOST',
    default: '127.0.0.1',
    description: 'Address to listen on. 0.0.0.0 opens the server to the network: put TLS in front.',
  }),
  port: setting(Type.Integer({ minimum: 0, maximum: 65_535 }), {
    env: 'FACEGATE_PORT',
    default: 41_101,
    description: 'Port to listen on; 0 takes any free one.',
  }),
  data: setting(Type.String({ minLength: 1 }), {
    env: 'FACEGATE_DATA',
    default: '.facegate',
    description: 'The folder for everything that is kept. Relative to where the server is started.',
  }),
  pack: optional(Type.String({ minLength: 1 }), {
    env: 'FACEGATE_PACK',
    description: 'Id of the model pack. Without it the best installed one is taken.',
  }),
  workers: optional(Type.Integer({ minimum: 1, maximum: 256 }), {
    env: 'FACEGATE_WORKERS',
    description: 'Threads that analyse pictures. Without it one for each processor core.',
  }),
  queueMax: optional(Type.Integer({ minimum: 0, maximum: 100_000 }), {
    env: 'FACEGATE_QUEUE_MAX',
    description:
      'Pictures that may wait for a thread; one more is answered "overloaded". Without it 32 for each thread.',
  }),
  searchThreads: optional(Type.Integer({ minimum: 1, maximum: 256 }), {
    env: 'FACEGATE_SEARCH_THREADS',
    description: 'Threads that search the gallery. Without it one for each processor core.',
  }),
  masterKey: optional(Type.String({ pattern: '^[A-Za-z0-9+/]{43}=$' }), {
    env: 'FACEGATE_MASTER_KEY',
    isSecret: true,
    description:
      'Base64 of the 32 bytes that seal templates and pictures. Without it a key is made at the first start and kept in the data folder, in keys/master.key: back it up apart from the data.',
  }),
  masterKeyNew: optional(Type.String({ pattern: '^[A-Za-z0-9+/]{43}=$' }), {
    env: 'FACEGATE_MASTER_KEY_NEW',
    isSecret: true,
    description:
      'The key that is to replace FACEGATE_MASTER_KEY, while "facegate keys rotate" does it; a server with both seals with this one and opens what either sealed.',
  }),
  database: Type.Object({
    url: optional(Type.String({ pattern: '^postgres(ql)?://' }), {
      env: 'DATABASE_URL',
      isSecret: true,
      description:
        'A PostgreSQL 15 or newer to keep records in, such as postgres://user:password@host/database. Without it facegate runs its own in the data folder.',
    }),
    connectionsMax: setting(Type.Integer({ minimum: 4, maximum: 1000 }), {
      env: 'FACEGATE_DATABASE_CONNECTIONS_MAX',
      default: 16,
      description: 'Connections to the database.',
    }),
  }),
  auditDays: setting(Type.Integer({ minimum: 1, maximum: 36_500 }), {
    env: 'FACEGATE_AUDIT_DAYS',
    default: 365,
    description: 'Days for which lines of the audit trail are kept.',
  }),
  logLevel: setting(Type.Enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']), {
    env: 'FACEGATE_LOG_LEVEL',
    default: 'info',
    description: 'silent, fatal, error, warn, info, debug or trace. Logs are JSON lines on standard error.',
  }),
  metrics: setting(Type.Boolean(), {
    env: 'FACEGATE_METRICS',
    default: true,
    description: 'Prometheus metrics at /metrics.',
  }),
  images: Type.Object({
    bytesMax: setting(Type.Integer({ minimum: 1024, maximum: 268_435_456 }), {
      env: 'FACEGATE_IMAGE_BYTES_MAX',
      default: 31_457_280,
      description: 'Largest encoded picture, bytes.',
    }),
    sideMax: setting(Type.Integer({ minimum: 64, maximum: 65_535 }), {
      env: 'FACEGATE_IMAGE_SIDE_MAX',
      default: 12_000,
      description: 'Longest side of a picture, pixels.',
    }),
    pixelsMax: setting(Type.Integer({ minimum: 4096, maximum: 268_435_456 }), {
      env: 'FACEGATE_IMAGE_PIXELS_MAX',
      default: 40_000_000,
      description: 'Most pixels of a picture.',
    }),
  }),
  videoDecoder: setting(Type.Enum(['auto', 'webcodecs', 'ffmpeg', 'off']), {
    env: 'FACEGATE_VIDEO_DECODER',
    default: 'auto',
    description: 'What decodes clips: webcodecs, ffmpeg, auto (what is installed and reads the clip) or off.',
  }),
  cases: Type.Object({
    linkSeconds: setting(Type.Integer({ minimum: 10, maximum: 900 }), {
      env: 'FACEGATE_CASE_LINK_SECONDS',
      default: 900,
      description: 'How long a link to the pictures of a case can be opened, seconds.',
    }),
    days: setting(Type.Integer({ minimum: 1, maximum: 3650 }), {
      env: 'FACEGATE_CASE_DAYS',
      default: 30,
      description: 'Days after which a case is erased, unless somebody is enrolled of it.',
    }),
    atOnce: setting(Type.Integer({ minimum: 0, maximum: 256 }), {
      env: 'FACEGATE_CASES_AT_ONCE',
      default: 1,
      description: 'Cases examined at once by this process; 0 leaves them to others that share the database.',
    }),
    manipulationProbabilityMin: setting(Type.Number({ minimum: 0, maximum: 1 }), {
      env: 'FACEGATE_CASE_MANIPULATION_PROBABILITY_MIN',
      default: 0.95,
      description:
        'Probability of a manipulated face from which on a case is declined, 0 to 1; docs/cases.md says what it costs.',
    }),
  }),
  remoteImages: Type.Object({
    policy: setting(Type.Enum(['off', 'public', 'allow-list']), {
      env: 'FACEGATE_REMOTE_IMAGES',
      default: 'public',
      description:
        'Where images that a request gives by address may be fetched: public (any host of the internet on port 80 or 443, none in private networks), allow-list (the hosts of FACEGATE_REMOTE_IMAGE_HOSTS alone) or off.',
    }),
    hosts: setting(Type.String({ pattern: HOSTS }), {
      env: 'FACEGATE_REMOTE_IMAGE_HOSTS',
      default: '',
      description:
        'Hosts that images may be fetched from even where they lie in private networks, such as pictures.example, minio.internal:9000 or [fd00::7]:8080, separated by commas. A host without a port is open on 80 and 443.',
    }),
    timeoutMs: setting(Type.Integer({ minimum: 100, maximum: 60_000 }), {
      env: 'FACEGATE_REMOTE_IMAGE_TIMEOUT_MS',
      default: 5000,
      description: 'Time to fetch one image, its name resolution and redirects included, milliseconds.',
    }),
  }),
  callbackHosts: setting(Type.String({ pattern: HOSTS }), {
    env: 'FACEGATE_CALLBACK_HOSTS',
    default: '',
    description:
      'Hosts that callbacks may be sent to even where they lie in private networks, and over http as well as https, such as hooks.internal:8080, separated by commas. A host without a port is open on 80 and 443.',
  }),
  http: Type.Object({
    bodyBytesMax: setting(Type.Integer({ minimum: 1024, maximum: 536_870_912 }), {
      env: 'FACEGATE_BODY_BYTES_MAX',
      default: 52_428_800,
      description: 'Largest request body, bytes.',
    }),
    bodiesBytesMax: setting(Type.Integer({ minimum: 1024 }), {
      env: 'FACEGATE_BODIES_BYTES_MAX',
      default: 201_326_592,
      description: 'All request bodies in memory together, bytes; one more is answered "overloaded".',
    }),
    uploadsBytesMax: setting(Type.Integer({ minimum: 1024 }), {
      env: 'FACEGATE_UPLOADS_BYTES_MAX',
      default: 1_073_741_824,
      description:
        'All files of forms that wait on disk together, bytes: those above 1 MiB, until their request is answered; one more is answered "overloaded".',
    }),
    headersTimeoutMs: setting(Type.Integer({ minimum: 100, maximum: 600_000 }), {
      env: 'FACEGATE_HEADERS_TIMEOUT_MS',
      default: 10_000,
      description: "Time for a request's headers to arrive, milliseconds.",
    }),
    requestTimeoutMs: setting(Type.Integer({ minimum: 100, maximum: 600_000 }), {
      env: 'FACEGATE_REQUEST_TIMEOUT_MS',
      default: 30_000,
      description: 'Time for a whole request to arrive, milliseconds.',
    }),
    answerTimeoutMs: setting(Type.Integer({ minimum: 100, maximum: 600_000 }), {
      env: 'FACEGATE_ANSWER_TIMEOUT_MS',
      default: 30_000,
      description: 'Time to work on one request, milliseconds. Afterwards it is answered "try again".',
    }),
    connectionsMax: setting(Type.Integer({ minimum: 1, maximum: 100_000 }), {
      env: 'FACEGATE_CONNECTIONS_MAX',
      default: 2048,
      description: 'Open connections; further ones are closed at once.',
    }),
    publicUrl: optional(Type.String({ pattern: '^https?://[^\\s?#]*[^\\s?#/]$' }), {
      env: 'FACEGATE_PUBLIC_URL',
      description:
        'Where callers reach the server, such as https://faces.example, for links in answers. Without it the address that each request was sent to.',
    }),
    corsOrigins: setting(Type.String({ pattern: ORIGINS }), {
      env: 'FACEGATE_CORS_ORIGINS',
      default: '',
      description:
        'Origins whose web pages may call the server from a browser, such as https://app.example, separated by commas; * for all, empty for none.',
    }),
    trustedProxies: setting(Type.String({ pattern: NETWORKS }), {
      env: 'FACEGATE_TRUSTED_PROXIES',
      default: '',
      description:
        "Addresses of proxies whose X-Forwarded-For tells where a request came from, such as 10.0.0.0/8,fd00::7, separated by commas; empty for none, and then it is the connection's address.",
    }),
    closeTimeoutMs: setting(Type.Integer({ minimum: 0, maximum: 600_000 }), {
      env: 'FACEGATE_CLOSE_TIMEOUT_MS',
      default: 9_000,
      description: 'Time for running requests to finish when the server is told to stop, milliseconds.',
    }),
  }),
  limits: Type.Object({
    requestsPerMinute: Type.Object({
      native: perMinute(600, {
        env: 'FACEGATE_RATE_NATIVE',
        description: 'Requests a minute of an account with API keys of facegate itself; 0 for no limit.',
      }),
      facia: perMinute(60, {
        env: 'FACEGATE_RATE_FACIA',
        description: 'Requests a minute of an account that speaks FACIA; 0 for no limit.',
      }),
      verihubs: perMinute(600, {
        env: 'FACEGATE_RATE_VERIHUBS',
        description: 'Requests a minute of an account that speaks Verihubs; 0 for no limit.',
      }),
      advance: perMinute(600, {
        env: 'FACEGATE_RATE_ADVANCE',
        description: 'Requests a minute of an account that speaks ADVANCE.AI; 0 for no limit.',
      }),
    }),
    strangersPerMinute: perMinute(300, {
      env: 'FACEGATE_RATE_STRANGERS',
      description:
        'Requests a minute from one network address (IPv6: one /64) whose credentials are not yet looked at or were wrong; 0 for no limit.',
    }),
    attempts: Type.Object({
      failuresMax: setting(Type.Integer({ minimum: 0, maximum: 100 }), {
        env: 'FACEGATE_ATTEMPT_FAILURES_MAX',
        default: 5,
        description:
          'Failed verifications of one enrolled person in a row before the next must wait; 0 for no limit.',
      }),
      failuresMaxWithLiveness: setting(Type.Integer({ minimum: 0, maximum: 100 }), {
        env: 'FACEGATE_ATTEMPT_FAILURES_MAX_LIVENESS',
        default: 10,
        description: 'The same where the request checks liveness; 0 for no limit.',
      }),
      delaySeconds: setting(Type.Integer({ minimum: 1, maximum: 43_200 }), {
        env: 'FACEGATE_ATTEMPT_DELAY_SECONDS',
        default: 30,
        description: 'The first wait; it doubles with each further failure.',
      }),
      delaySecondsMax: setting(Type.Integer({ minimum: 1, maximum: 43_200 }), {
        env: 'FACEGATE_ATTEMPT_DELAY_SECONDS_MAX',
        default: 3600,
        description: 'The longest wait.',
      }),
    }),
  }),
  surfaces: Type.Object({
    regula: Type.Object({
      enabled: setting(Type.Boolean(), {
        env: 'FACEGATE_REGULA_ENABLED',
        default: true,
        description: 'Speak the Regula Face SDK Web API.',
      }),
      prefix: setting(Type.String({ pattern: '^(/[A-Za-z0-9._~-]+)*$' }), {
        env: 'FACEGATE_REGULA_PREFIX',
        default: '',
        description: 'Put before each of its paths, such as /regula; empty for none.',
      }),
      access: optional(Type.Enum(['open', 'key']), {
        env: 'FACEGATE_REGULA_ACCESS',
        description:
          'open: whoever reaches it may use it, as the default account; key: only with an API key as a bearer token. Without it open when FACEGATE_HOST is an address of this machine alone, else key.',
      }),
      systemInfo: setting(Type.Boolean(), {
        env: 'FACEGATE_REGULA_SYSTEM_INFO',
        default: true,
        description: 'Name the version in its ping, health and readiness answers.',
      }),
      imagesPerTypeMax: setting(Type.Integer({ minimum: 1, maximum: 16 }), {
        env: 'FACEGATE_REGULA_IMAGES_PER_TYPE_MAX',
        default: 2,
        description: 'Images of one type in a match request.',
      }),
      searchThreshold: setting(Type.Number({ minimum: 0, maximum: 4 }), {
        env: 'FACEGATE_REGULA_SEARCH_THRESHOLD',
        default: 1,
        description: 'Largest distance of a search that names none, 0 to 4; 1 is similarity 0.81.',
      }),
      searchLimit: setting(Type.Integer({ minimum: 1, maximum: 1000 }), {
        env: 'FACEGATE_REGULA_SEARCH_LIMIT',
        default: 100,
        description: 'Most persons found for one face by a search that names no limit.',
      }),
      scenarios: optional(Type.Array(Type.Unknown()), {
        env: 'FACEGATE_REGULA_SCENARIOS',
        description:
          'Scenarios of your own for detect, a JSON list of {"scenario", "onlyCentralFace", "outputImageParams", "quality", "attributes"} as in a request.',
      }),
      scenariosFile: optional(Type.String({ minLength: 1 }), {
        env: 'FACEGATE_REGULA_SCENARIOS_FILE',
        description: 'A JSON file of such a list, read at start.',
      }),
    }),
    verihubs: Type.Object({
      enabled: setting(Type.Boolean(), {
        env: 'FACEGATE_VERIHUBS_ENABLED',
        default: true,
        description: 'Speak the Verihubs face API.',
      }),
      prefix: setting(Type.String({ pattern: '^(/[A-Za-z0-9._~-]+)*$' }), {
        env: 'FACEGATE_VERIHUBS_PREFIX',
        default: '',
        description: 'Put before each of its paths, such as /verihubs; empty for none.',
      }),
    }),
    facia: Type.Object({
      enabled: setting(Type.Boolean(), {
        env: 'FACEGATE_FACIA_ENABLED',
        default: true,
        description: 'Speak the FACIA API.',
      }),
      prefix: setting(Type.String({ pattern: '^(/[A-Za-z0-9._~-]+)*$' }), {
        env: 'FACEGATE_FACIA_PREFIX',
        default: '',
        description: 'Put before each of its paths, such as /facia; empty for none.',
      }),
      tokenSeconds: setting(Type.Integer({ minimum: 60, maximum: 2_592_000 }), {
        env: 'FACEGATE_FACIA_TOKEN_SECONDS',
        default: 28_800,
        description: 'How long its access tokens hold.',
      }),
      statusAcceptsBearer: setting(Type.Boolean(), {
        env: 'FACEGATE_FACIA_STATUS_ACCEPTS_BEARER',
        default: false,
        description: 'Answer /status to an access token too, not to a client secret alone.',
      }),
    }),
  }),
});

type DeepReadonly<T> = { readonly [K in keyof T]: T[K] extends object ? DeepReadonly<T[K]> : T[K] };

export type Config = DeepReadonly<Static<typeof ConfigSchema>>;

/** Variables under our prefix that are not settings of the server. */
export const OTHER_VARIABLES = {
  FACEGATE_CONFIG: 'A JSON file of settings. The environment has precedence over it.',
  FACEGATE_TEST_DATA: 'Read by tests only: the folder of test pictures.',
  FACEGATE_TEST_DATABASE_URL: 'Read by tests only: a PostgreSQL in which they may make databases.',
} as const;
