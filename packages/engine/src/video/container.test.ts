import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readContainer } from './container.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facegate-container-'));
});
afterAll(async () => rm(folder, { recursive: true }));

async function read(...parts: readonly Uint8Array[]) {
  const path = join(folder, 'clip.mp4');
  await writeFile(path, Buffer.concat(parts));
  return readContainer(path);
}

function box(
  type: string,
  { payload = 0, declared = 8 + payload }: { payload?: number; declared?: number } = {},
): Buffer {
  const bytes = Buffer.alloc(8 + payload);
  bytes.writeUInt32BE(declared, 0);
  bytes.write(type, 4, 'latin1');
  return bytes;
}

const wideBox = (type: string, payload: number): Buffer => {
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(16 + payload));
  return Buffer.concat([box(type, { declared: 1 }), size, Buffer.alloc(payload)]);
};

it('knows MP4 and WebM by their first bytes', async () => {
  expect(await read(box('ftyp', { payload: 16 }), box('moov'))).toMatchObject({ container: 'mp4' });
  expect(await read(Buffer.from('1a45dfa3', 'hex'), Buffer.alloc(40))).toMatchObject({ container: 'webm' });
});

it.each([
  ['a playlist', Buffer.from('#EXTM3U\n#EXT-X-TARGETDURATION:5\nfile:///etc/passwd\n')],
  ['a list of files', Buffer.from("ffconcat version 1.0\nfile '/etc/passwd'\n")],
  ['a transport stream', Buffer.alloc(188 * 4, 0x47)],
  ['an AVI', Buffer.from('RIFF\0\0\0\0AVI LIST')],
  ['an animated GIF', Buffer.from('GIF89a')],
  ['zeros', Buffer.alloc(64)],
  ['two bytes', Buffer.alloc(2)],
])('lets no demuxer near %s, whatever the file is called', async (_, bytes) => {
  await expect(read(bytes)).rejects.toMatchObject({ code: 'unsupported-media' });
});

it('sees that a header lists its frames and that fragments do not', async () => {
  const ftyp = box('ftyp', { payload: 16 });
  expect(await read(ftyp, box('moov'), box('mdat'))).toMatchObject({ listsFrames: true });
  expect(await read(ftyp, box('moov'), box('moof'), box('mdat'))).toMatchObject({ listsFrames: false });
});

it('sees where a file ends before its frames do', async () => {
  const ftyp = box('ftyp', { payload: 16 });
  const cut = box('mdat', { payload: 100, declared: 5000 });
  expect(await read(ftyp, cut)).toMatchObject({ endsEarly: true });
  expect(await read(ftyp, box('mdat', { payload: 100 }))).toMatchObject({ endsEarly: false });
  expect(await read(ftyp, box('mdat', { payload: 100, declared: 0 }))).toMatchObject({ endsEarly: false });
  expect(await read(ftyp, box('free', { payload: 10, declared: 500 }))).toMatchObject({ endsEarly: false });
  expect(await read(ftyp, wideBox('mdat', 100))).toMatchObject({ endsEarly: false });
  expect(await read(ftyp, wideBox('mdat', 100).subarray(0, 60))).toMatchObject({ endsEarly: true });
});

it('ends on boxes that lead nowhere', async () => {
  const ftyp = box('ftyp', { payload: 16 });
  expect(await read(ftyp, box('mdat', { declared: 3 }))).toMatchObject({ endsEarly: false });
  const many = Array.from({ length: 20_100 }, () => box('free'));
  await expect(read(ftyp, ...many)).rejects.toMatchObject({ code: 'payload-too-large' });
});
