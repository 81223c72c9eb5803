import { join } from 'node:path';
import { EngineError } from '@facegate/engine/vocabulary';
import { expect, test } from 'vitest';
import type { Outside } from './outside.ts';
import { createFakeDoor, FAKE_PACK } from './testing/fake-engine.ts';
import { createTerminal } from './testing/fake-terminal.ts';

const PICTURES = {
  'a.jpg': 'face 0',
  'b.jpg': 'face 10',
  'c.jpg': 'face 90',
  'none.jpg': 'empty',
  'broken.jpg': '??',
};

test('match says match, its score, its false match rate and the operating point, and exits 0', async () => {
  using terminal = createTerminal(PICTURES);
  expect(await terminal.run('match', 'a.jpg', 'b.jpg')).toBe(0);
  expect(terminal.printed()).toMatchInlineSnapshot(`
    "Decision                    match
    Comparison score            0.9848
    Estimated false match rate  1.9e-12
    Threshold                   0.5000 (false match rate 1.0e-3)
    Measured on                 drawn circles
    Model pack                  fake@1.0.0"
  `);
});

test('match of two people exits 1 and prints the same facts as JSON', async () => {
  using terminal = createTerminal(PICTURES);
  expect(await terminal.run('match', 'a.jpg', 'c.jpg', '--json')).toBe(1);
  expect(terminal.json()).toMatchObject({
    packId: 'fake@1.0.0',
    outcome: 'non-match',
    probe: { path: 'a.jpg', width: 60, height: 40, box: { x: 10, y: 8, width: 20, height: 24 } },
    operatingPoint: { falseMatchRate: 0.001, threshold: 0.5, dataset: 'drawn circles' },
  });
  expect(terminal.json().comparisonScore).toBeCloseTo(0, 6);
  expect(terminal.json().falseMatchRate).toBeGreaterThan(0.1);
});

test('match without a face makes no decision, names the picture and exits 1', async () => {
  using terminal = createTerminal(PICTURES);
  expect(await terminal.run('match', 'a.jpg', 'none.jpg')).toBe(1);
  expect(terminal.printed()).toContain('no decision: no face in none.jpg');
  expect(terminal.printed()).not.toContain('Comparison score');
});

test('a picture that is absent or unreadable is named and exits 3', async () => {
  using terminal = createTerminal(PICTURES);
  expect(await terminal.run('match', 'a.jpg', 'absent.jpg')).toBe(3);
  expect(terminal.complaints()).toContain('absent.jpg: no such file.');
  expect(await terminal.run('match', 'a.jpg', 'broken.jpg')).toBe(3);
  expect(terminal.complaints()).toContain('broken.jpg: The bytes are not of an accepted image format.');
});

test('a failure under --json is one JSON document with its code', async () => {
  using terminal = createTerminal(PICTURES);
  expect(await terminal.run('detect', 'broken.jpg', '--json')).toBe(3);
  expect(terminal.json().error.code).toBe('unsupported-media');
});

test('the engine is closed after success and after failure', async () => {
  using good = createTerminal(PICTURES);
  await good.run('detect', 'a.jpg');
  expect(good.fake.engine.isClosed()).toBe(true);
  using bad = createTerminal(PICTURES);
  await bad.run('detect', 'broken.jpg');
  expect(bad.fake.engine.isClosed()).toBe(true);
});

test('detect lists the central face, or every face with --all', async () => {
  using terminal = createTerminal({ 'group.jpg': 'faces 0 10 20' });
  expect(await terminal.run('detect', 'group.jpg')).toBe(0);
  expect(terminal.printed()).toMatchInlineSnapshot(`
    "group.jpg: 60 × 40 px, 1 face
    face  x   y  width  height  roll°  score
    0     10  8  20     24      0.0    0.900"
  `);
  using all = createTerminal({ 'group.jpg': 'faces 0 10 20' });
  await all.run('detect', 'group.jpg', '--all', '--json');
  expect(all.json().faces).toHaveLength(3);
});

test('detect without a face exits 1', async () => {
  using terminal = createTerminal(PICTURES);
  expect(await terminal.run('detect', 'none.jpg')).toBe(1);
  expect(terminal.printed()).toContain('no faces');
});

test.each([
  ['no command', []],
  ['an unknown command', ['compare']],
  ['an unknown option', ['match', 'a.jpg', 'b.jpg', '--loud']],
  ['a missing picture', ['match', 'a.jpg']],
  ['one picture too many', ['match', 'a.jpg', 'b.jpg', 'c.jpg']],
  ['an unknown pack to install', ['models', 'install', 'huge']],
  ['models without a verb', ['models']],
  ['keys without a verb', ['keys']],
  ['accounts without a verb', ['accounts']],
  ['an account without a name', ['accounts', 'create']],
  ['a door that is not there', ['accounts', 'rotate', 'shop', '--door', 'back']],
  ['a scope that is not there', ['accounts', 'rotate', 'shop', '--scope', 'everything']],
  ['an overlap that is no number', ['accounts', 'rotate', 'shop', '--overlap-seconds', '1h']],
  ['an overlap below 0', ['accounts', 'rotate', 'shop', '--overlap-seconds=-1']],
  ['a limit without a number', ['accounts', 'limits', 'shop', '--requests-per-minute', 'facia']],
  ['a limit of something unknown', ['accounts', 'limits', 'shop', '--quota', 'faces=1']],
  ['a callback without a door', ['accounts', 'callback', 'shop', '--url', 'https://hooks.example/']],
  ['a callback at a door that has none', ['accounts', 'callback', 'shop', '--door', 'verihubs']],
  [
    'a callback that is to be set and to end',
    ['accounts', 'callback', 'shop', '--door', 'facia', '--off', '--url', 'https://hooks.example/'],
  ],
  ['a mode that is not there', ['accounts', 'limits', 'shop', '--mode', 'demo']],
])(
  '%s is a usage error: exit 2, nothing on standard output, the engine never loaded',
  async (_case, args) => {
    using terminal = createTerminal(PICTURES, { openEngine: () => Promise.reject(new Error('loaded')) });
    expect(await terminal.run(...args)).toBe(2);
    expect(terminal.printed()).toBe('');
    expect(terminal.complaints()).not.toContain('loaded');
    expect(terminal.complaints()).not.toBe('');
  },
);

test('help documents every exit code and exits 0', async () => {
  using terminal = createTerminal();
  expect(await terminal.run('--help')).toBe(0);
  for (const code of [0, 1, 2, 3, 4, 5])
    expect(terminal.printed()).toMatch(new RegExp(`^ {2}${code} {2}\\w`, 'm'));
});

test('the pack option wins over FACEGATE_PACK, which wins over the best installed', async () => {
  const other = { folder: '/packs/other', manifest: { ...FAKE_PACK.manifest, id: 'other' } };
  const opened: string[] = [];
  const fake = createFakeDoor([FAKE_PACK, other]);
  const door = {
    ...fake.door,
    createEngine: async ({ packFolder }: { packFolder: string }) => {
      opened.push(packFolder);
      return fake.engine;
    },
  };
  const run = async (environment: Record<string, string>, ...args: string[]) => {
    using terminal = createTerminal(PICTURES, { environment, openEngine: async () => door });
    return await terminal.run('detect', 'a.jpg', ...args);
  };
  await run({});
  await run({ FACEGATE_PACK: 'other' });
  await run({ FACEGATE_PACK: 'other' }, '--pack', 'fake');
  expect(opened).toEqual(['/packs/fake', '/packs/other', '/packs/fake']);
  expect(await run({ FACEGATE_PACK: 'unheard-of' })).toBe(4);
});

test('a pack that does not answer its checksums exits 4', async () => {
  const altered = { folder: '/packs/altered', manifest: { ...FAKE_PACK.manifest, id: 'altered' } };
  using terminal = createTerminal({}, { openEngine: async () => createFakeDoor([FAKE_PACK, altered]).door });
  expect(await terminal.run('models', 'verify')).toBe(4);
  expect(terminal.printed()).toMatchInlineSnapshot(`
    "fake@1.0.0     a.onnx  ok
    altered@1.0.0  a.onnx  altered"
  `);
});

test('verify with nothing installed exits 4, list exits 0 and says what to run', async () => {
  using terminal = createTerminal({}, { openEngine: async () => createFakeDoor([]).door });
  expect(await terminal.run('models', 'verify')).toBe(4);
  expect(await terminal.run('models', 'list')).toBe(0);
  expect(terminal.printed()).toContain('facegate models prepare');
});

test('list shows packs best first and marks the one in use', async () => {
  const better = { folder: '/packs/better', manifest: { ...FAKE_PACK.manifest, id: 'better', rank: 9 } };
  using terminal = createTerminal(
    {},
    {
      openEngine: async () => createFakeDoor([better, FAKE_PACK]).door,
      environment: { FACEGATE_PACK: 'fake' },
    },
  );
  await terminal.run('models', 'list', '--json');
  expect(
    terminal.json().map((pack: { packId: string; served: boolean }) => [pack.packId, pack.served]),
  ).toEqual([
    ['better@1.0.0', false],
    ['fake@1.0.0', true],
  ]);
});

test('install fetches each source from its public address', async () => {
  using terminal = createTerminal();
  expect(await terminal.run('models', 'install', 'accurate')).toBe(0);
  const texts = terminal.fake.installed.map((bytes) => new TextDecoder().decode(bytes));
  expect(texts).toEqual(['https://files.example/models/a.onnx']);
});

test('install --from reads the folder and never the network', async () => {
  const download = () => Promise.reject(new Error('fetched'));
  using terminal = createTerminal({ 'a.onnx': 'weights' }, { download });
  expect(await terminal.run('models', 'install', 'accurate', '--from', '.')).toBe(0);
  expect(new TextDecoder().decode(terminal.fake.installed[0])).toBe('weights');
});

test('install --from a folder without the file names the file and exits 4', async () => {
  using terminal = createTerminal();
  expect(await terminal.run('models', 'install', 'accurate', '--from', '.')).toBe(4);
  expect(terminal.complaints()).toContain(join(terminal.folder, 'a.onnx'));
});

test('install without a network says how to install offline and exits 4', async () => {
  const download = () => Promise.reject(new Error('getaddrinfo ENOTFOUND files.example'));
  using terminal = createTerminal({}, { download });
  expect(await terminal.run('models', 'install', 'accurate')).toBe(4);
  expect(terminal.complaints()).toContain('ENOTFOUND');
  expect(terminal.complaints()).toContain('--from DIR');
});

test('progress is shown to a watcher and to nobody else', async () => {
  using watched = createTerminal({}, { isWatched: true });
  await watched.run('models', 'prepare');
  expect(watched.complaints()).toContain('1/1 a.onnx');
  using piped = createTerminal({}, { isWatched: false });
  await piped.run('models', 'prepare');
  expect(piped.complaints()).toBe('');
});

test('serve hands its options to the server as environment and returns its exit code', async () => {
  const seen: Readonly<Record<string, string | undefined>>[] = [];
  const runServer = async (environment: Readonly<Record<string, string | undefined>>) => {
    seen.push(environment);
    return 78;
  };
  using terminal = createTerminal(
    {},
    { runServer, environment: { FACEGATE_DATA: 'kept', FACEGATE_PORT: '1' } },
  );
  expect(await terminal.run('serve', '--port', '8080', '--host', '::1', '--pack', 'core')).toBe(78);
  expect(seen[0]).toEqual({
    FACEGATE_DATA: join(terminal.folder, 'kept'),
    FACEGATE_HOST: '::1',
    FACEGATE_PACK: 'core',
    FACEGATE_PORT: '8080',
  });
});

test('worker hands its options to its program as environment and returns its exit code', async () => {
  const seen: Readonly<Record<string, string | undefined>>[] = [];
  const runWorker: Outside['runWorker'] = async (environment) => seen.push(environment) + 77;
  const runServer = () => Promise.reject(new Error('served'));
  const environment = { FACEGATE_DATA: 'kept', DATABASE_URL: 'postgres://here', FACEGATE_CASES_AT_ONCE: '0' };
  using terminal = createTerminal({}, { runWorker, runServer, environment });
  expect(await terminal.run('worker', '--at-once', '3', '--pack', 'core')).toBe(78);
  const given = { ...environment, FACEGATE_DATA: join(terminal.folder, 'kept') };
  expect(seen).toEqual([{ ...given, FACEGATE_CASES_AT_ONCE: '3', FACEGATE_PACK: 'core' }]);
  expect(await terminal.run('worker')).toBe(79);
  expect(seen[1]).toEqual(given);
});

test.each([
  [0, 0],
  [1, 5],
  [78, 5],
  [143, 5],
])('keys rotate runs its program on the data folder; its exit code %i is our %i', async (theirs, ours) => {
  const seen: Readonly<Record<string, string | undefined>>[] = [];
  const runRotation = async (environment: Readonly<Record<string, string | undefined>>) => {
    seen.push(environment);
    return theirs;
  };
  const runServer = () => Promise.reject(new Error('served'));
  using terminal = createTerminal(
    {},
    { runRotation, runServer, environment: { FACEGATE_DATA: 'kept', DATABASE_URL: 'postgres://here' } },
  );
  expect(await terminal.run('keys', 'rotate')).toBe(ours);
  expect(seen).toEqual([{ FACEGATE_DATA: join(terminal.folder, 'kept'), DATABASE_URL: 'postgres://here' }]);
});

test.each([
  [['list'], { action: 'list' }],
  [['create', 'shop'], { action: 'create', name: 'shop' }],
  [['disable', 'shop'], { action: 'disable', name: 'shop' }],
  [['enable', 'shop'], { action: 'enable', name: 'shop' }],
  [['rotate', 'shop'], { action: 'rotate', name: 'shop' }],
  [
    ['rotate', 'shop', '--door', 'facia', '--door', 'native', '--scope', 'verify', '--overlap-seconds', '0'],
    { action: 'rotate', name: 'shop', doors: ['facia', 'native'], scopes: ['verify'], overlapSeconds: 0 },
  ],
  [['limits', 'shop'], { action: 'limits', name: 'shop' }],
  [
    ['limits', 'shop', '--mode', 'testing', '--quota', 'verify=5', '--quota', 'liveness=none'],
    { action: 'limits', name: 'shop', mode: 'testing', quotas: { verify: 5, liveness: null } },
  ],
  [
    ['limits', 'shop', '--requests-per-minute', 'facia=60', '--requests-per-minute', 'advance=default'],
    { action: 'limits', name: 'shop', requestsPerMinute: { facia: 60, advance: null } },
  ],
  [['callback', 'shop', '--door', 'facia'], { action: 'callback', name: 'shop', door: 'facia' }],
  [
    ['callback', 'shop', '--door', 'facia', '--url', 'https://hooks.example/'],
    { action: 'callback', name: 'shop', door: 'facia', url: 'https://hooks.example/' },
  ],
  [
    ['callback', 'shop', '--door', 'facia', '--off'],
    { action: 'callback', name: 'shop', door: 'facia', off: true },
  ],
])('accounts %j runs its program on the data folder', async (args, request) => {
  const seen: unknown[] = [];
  const runAccounts: Outside['runAccounts'] = async ([command = '', ...format], environment) => {
    seen.push([JSON.parse(command), format, environment]);
    return seen.length === 1 ? 0 : 78;
  };
  const environment = { FACEGATE_DATA: 'kept', DATABASE_URL: 'postgres://here' };
  using terminal = createTerminal({}, { runAccounts, environment });
  expect(await terminal.run('accounts', ...args)).toBe(0);
  expect(await terminal.run('accounts', ...args, '--json')).toBe(5);
  const given = { ...environment, FACEGATE_DATA: join(terminal.folder, 'kept') };
  expect(seen).toEqual([
    [request, [], given],
    [request, ['--json'], given],
  ]);
});

test.each([
  [0, 0],
  [3, 1],
  [1, 5],
  [78, 5],
])('audit runs its program on the data folder; its exit code %i is our %i', async (theirs, ours) => {
  const seen: unknown[] = [];
  const runAudit: Outside['runAudit'] = async (args, environment) => {
    seen.push(environment['FACEGATE_DATA'], args);
    return theirs;
  };
  using terminal = createTerminal({}, { runAudit, environment: { FACEGATE_DATA: 'kept' } });
  expect(await terminal.run('audit', 'verify')).toBe(ours);
  expect(await terminal.run('audit', 'searches-for', 'somebody', '--json')).toBe(ours);
  const folder = join(terminal.folder, 'kept');
  expect(seen).toEqual([folder, ['verify'], folder, ['searches-for', 'somebody', '--json']]);
});

test('audit list passes on what is asked for; a time or an anchor that is none is not understood', async () => {
  const seen: (readonly string[])[] = [];
  const runAudit: Outside['runAudit'] = async (args) => seen.push(args) - 1;
  using terminal = createTerminal({}, { runAudit });
  await terminal.run('audit', 'list', '--subject', 'her', '--account', '-x', '--since', '2026-01-31');
  expect(seen).toEqual([['list', '--subject=her', '--account=-x', '--since=2026-01-31T00:00:00.000Z']]);
  expect(await terminal.run('audit', 'list', '--since', 'yesterday')).toBe(2);
  expect(await terminal.run('audit', 'verify', '--anchor', '12')).toBe(2);
  expect(seen).toHaveLength(1);
});

test('audit asks for receipts, and finds files from where it was called', async () => {
  const seen: (readonly string[])[] = [];
  const runAudit: Outside['runAudit'] = async (args) => (seen.push(args) > 2 ? 3 : 0);
  using terminal = createTerminal({}, { runAudit });
  expect(await terminal.run('audit', 'receipt', 'REFERENCE', '--account', 'shop', '--json')).toBe(0);
  expect(await terminal.run('audit', 'receipt-key')).toBe(0);
  expect(await terminal.run('audit', 'verify-receipt', 'receipt.json', '--public-key', 'key.pem')).toBe(1);
  expect(await terminal.run('audit', 'verify-receipt', '/receipt.json', '--json')).toBe(1);
  const at = (file: string) => join(terminal.folder, file);
  expect(seen).toEqual([
    ['receipt', 'REFERENCE', '--account=shop', '--json'],
    ['receipt-key'],
    ['verify-receipt', at('receipt.json'), `--public-key=${at('key.pem')}`],
    ['verify-receipt', '/receipt.json', '--json'],
  ]);
});

test('a defect exits 5 and keeps its stack to itself unless asked', async () => {
  const openEngine = () => Promise.reject(new TypeError('x is not a function'));
  using quiet = createTerminal(PICTURES, { openEngine });
  expect(await quiet.run('detect', 'a.jpg')).toBe(5);
  expect(quiet.complaints()).toBe('facegate: x is not a function');
  using loud = createTerminal(PICTURES, { openEngine, environment: { DEBUG: '1' } });
  await loud.run('detect', 'a.jpg');
  expect(loud.complaints()).toContain('program.test.ts');
});

test('an engine error about the pack exits 4', async () => {
  const fake = createFakeDoor();
  const createEngine = () => Promise.reject(new EngineError('model-missing', 'golden vectors drifted'));
  using terminal = createTerminal(PICTURES, { openEngine: async () => ({ ...fake.door, createEngine }) });
  expect(await terminal.run('detect', 'a.jpg')).toBe(4);
});

test("fingerprint prints what a manifest's golden should say", async () => {
  using terminal = createTerminal({});
  expect(await terminal.run('models', 'fingerprint', '/packs/x')).toBe(0);
  expect(terminal.json()).toEqual({ faces: '/packs/x'.length, projections: [0.5] });
});
