import { type Endpoint, encoded, type Fields, FORM_TYPE, JSON_TYPE } from './sample-endpoints.contract.ts';

/**
 * What the vendor's samples put on the wire, header by header, in their order and case.
 *
 * As recorded from libcurl 7.88 under PHP 8.2, requests 2.34, Ruby 3.1, OpenJDK 17 and Go 1.19. Those of C# are as
 * .NET documents them; none was at hand.
 */
export interface SampleBytes {
  readonly language: string;
  readonly endpoint: Endpoint;
  /** Without the request line. HOST and LENGTH stand for the server's and the body's. */
  readonly head: readonly string[];
  readonly bodyOf: (fields: Fields) => string;
  /** The body comes in a packet of its own, after `100 Continue` where the head asks for it. */
  readonly isSplit?: boolean;
}

const SECRET = 'client-secret: acme-secret';
const TOKEN = 'Authorization: Bearer acme-token';
const JSON_LINE = `Content-Type: ${JSON_TYPE}`;
const FORM_LINE = `Content-Type: ${FORM_TYPE}`;
const LENGTH = 'Content-Length: LENGTH';

/** As the samples write it by hand: a member a line. */
const inLines = (fields: Fields): string => JSON.stringify(fields, undefined, 1).replaceAll(/^ /gm, '');
/** A space behind each colon and comma. */
const spaced = (fields: Fields): string => inLines(fields).replaceAll(/,\n/g, ', ').replaceAll('\n', '');
const compact = (fields: Fields): string => JSON.stringify(fields);
/** PHP escapes the slashes of base64. */
const escaped = (fields: Fields): string => compact(fields).replaceAll('/', '\\/');

const raw: readonly SampleBytes[] = (
  [
    ['status', SECRET],
    ['delete', SECRET],
    ['liveness', TOKEN],
    ['result', TOKEN],
  ] as const
).map(([endpoint, credential]) => ({
  language: 'raw HTTP',
  endpoint,
  head: ['Host: HOST', credential, JSON_LINE, LENGTH],
  bodyOf: inLines,
}));

const PHP_HEAD = ['Host: HOST', 'Accept: */*', 'Accept-Encoding: deflate, gzip, br, zstd'];
const php: readonly SampleBytes[] = (
  [
    ['PHP', 'status', [SECRET, FORM_LINE, LENGTH], encoded],
    ['PHP', 'delete', [SECRET, FORM_LINE, LENGTH], encoded],
    ['PHP', 'liveness', [JSON_LINE, TOKEN, LENGTH], escaped],
    ['PHP', 'result', [TOKEN, JSON_LINE, LENGTH], escaped],
    // libcurl asked so from 1 KiB on until 7.57.
    ['PHP with an old libcurl', 'liveness', [JSON_LINE, TOKEN, LENGTH, 'Expect: 100-continue'], escaped],
  ] as const
).map(([language, endpoint, rest, bodyOf]) => ({
  language,
  endpoint,
  head: [...PHP_HEAD, ...rest],
  bodyOf,
  isSplit: language !== 'PHP',
}));

const PYTHON_HEAD = [
  'Host: HOST',
  'User-Agent: python-requests/2.34.2',
  'Accept-Encoding: gzip, deflate',
  'Accept: */*',
  'Connection: keep-alive',
];
const python: readonly SampleBytes[] = (
  [
    ['status', [SECRET, FORM_LINE, LENGTH], encoded],
    ['delete', [SECRET, FORM_LINE, LENGTH], encoded],
    ['liveness', [TOKEN, JSON_LINE, LENGTH], spaced],
    ['result', [TOKEN, JSON_LINE, LENGTH], spaced],
  ] as const
).map(([endpoint, rest, bodyOf]) => ({
  language: 'Python',
  endpoint,
  head: [...PYTHON_HEAD, ...rest],
  bodyOf,
  isSplit: true,
}));

const RUBY_HEAD = [
  'Accept-Encoding: gzip;q=1.0,deflate;q=0.6,identity;q=0.3',
  'Accept: */*',
  'User-Agent: Ruby',
];
const RUBY_SECRET = 'Client-Secret: acme-secret';
const CLOSE = 'Connection: close';
const ruby: readonly SampleBytes[] = (
  [
    ['status', [...RUBY_HEAD, 'Host: HOST', RUBY_SECRET, JSON_LINE, CLOSE, LENGTH], compact],
    ['delete', [...RUBY_HEAD, 'Host: HOST', RUBY_SECRET, FORM_LINE, CLOSE, LENGTH], encoded],
    ['liveness', [JSON_LINE, TOKEN, ...RUBY_HEAD, CLOSE, 'Host: HOST', LENGTH], compact],
    ['result', [...RUBY_HEAD, 'Host: HOST', TOKEN, JSON_LINE, CLOSE, LENGTH], compact],
  ] as const
).map(([endpoint, head, bodyOf]) => ({ language: 'Ruby', endpoint, head, bodyOf }));

const JAVA_TAIL = [
  'User-Agent: Java/17.0.15',
  'Host: HOST',
  'Accept: text/html, image/gif, image/jpeg, */*; q=0.2',
  'Connection: keep-alive',
  LENGTH,
];
/** The newer client offers HTTP/2 wherever there is no TLS. */
const JAVA_HTTP2_OFFER = [
  'Connection: Upgrade, HTTP2-Settings',
  LENGTH,
  'Host: HOST',
  'HTTP2-Settings: AAEAAEAAAAIAAAAAAAMAAAAAAAQBAAAAAAUAAEAAAAYABgAA',
  'Upgrade: h2c',
  'User-Agent: Java-http-client/17.0.15',
];
const java: readonly SampleBytes[] = (
  [
    ['status', [SECRET, FORM_LINE, ...JAVA_TAIL], encoded],
    ['delete', [SECRET, FORM_LINE, ...JAVA_TAIL], encoded],
    ['liveness', [...JAVA_HTTP2_OFFER, TOKEN, JSON_LINE], (fields: Fields) => `${inLines(fields)}\n`],
    ['result', [TOKEN, JSON_LINE, ...JAVA_TAIL], compact],
  ] as const
).map(([endpoint, head, bodyOf]) => ({ language: 'Java', endpoint, head, bodyOf }));

const UTF8_JSON_LINE = `${JSON_LINE}; charset=utf-8`;
const csharp: readonly SampleBytes[] = (
  [
    [
      'C# on the .NET Framework',
      'status',
      [SECRET, FORM_LINE, 'Host: HOST', LENGTH, 'Expect: 100-continue', 'Connection: Keep-Alive'],
      encoded,
    ],
    ['C#', 'status', ['Host: HOST', SECRET, FORM_LINE, LENGTH], encoded],
    [
      'C# that sends as it is written to',
      'status',
      ['Host: HOST', SECRET, 'Transfer-Encoding: chunked', FORM_LINE],
      (fields: Fields) => chunked(encoded(fields)),
    ],
    // Its client refuses a content type among the request's headers and takes the content's own.
    [
      'C#, which calls its form text,',
      'delete',
      ['Host: HOST', SECRET, 'Content-Type: text/plain; charset=utf-8', LENGTH],
      encoded,
    ],
    ['C#', 'liveness', ['Host: HOST', TOKEN, UTF8_JSON_LINE, LENGTH], compact],
    ['C#', 'result', ['Host: HOST', TOKEN, UTF8_JSON_LINE, LENGTH], compact],
  ] as const
).map(([language, endpoint, head, bodyOf]) => ({ language, endpoint, head, bodyOf, isSplit: true }));

const chunked = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n0\r\n\r\n`;

const GO_HEAD = ['Host: HOST', 'User-Agent: Go-http-client/1.1', LENGTH];
const GO_SECRET = 'Client-Secret: acme-secret';
const go: readonly SampleBytes[] = (
  [
    ['status', [GO_SECRET, FORM_LINE], encoded],
    ['delete', [GO_SECRET, FORM_LINE], encoded],
    ['liveness', [TOKEN, JSON_LINE], inLines],
    ['result', [TOKEN, JSON_LINE], spaced],
  ] as const
).map(([endpoint, rest, bodyOf]) => ({
  language: 'Go',
  endpoint,
  head: [...GO_HEAD, ...rest, 'Accept-Encoding: gzip'],
  bodyOf,
}));

export const SAMPLE_BYTES: readonly SampleBytes[] = [raw, php, python, ruby, java, csharp, go].flat();
