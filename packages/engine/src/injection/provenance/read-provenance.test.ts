import { syncBuiltinESMExports } from 'node:module';
import zlib from 'node:zlib';
import exifr from 'exifr';
import sharp from 'sharp';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openC2pa } from './c2pa.ts';
import { readPngMetadata } from './png-metadata.ts';
import { readManifest } from './read-manifest.ts';
import { readProvenance } from './read-provenance.ts';
import { signedPicture } from './signed-picture.fixture.ts';

const plain = () => sharp({ create: { width: 64, height: 64, channels: 3, background: '#798' } });

const UNDECLARED = { manifest: 'absent', isDeclaredGenerated: false };

afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

describe('the signed manifest of a file', () => {
  let generated: Uint8Array;
  let captured: Uint8Array;

  beforeAll(async () => {
    await openC2pa();
    const jpeg = await plain().jpeg().toBuffer();
    generated = await signedPicture(jpeg, 'trainedAlgorithmicMedia');
    captured = await signedPicture(jpeg, 'digitalCapture');
  });

  it('is valid as it was signed and says that the picture was generated', async () => {
    expect(await readProvenance(generated, 'jpeg')).toEqual({ manifest: 'valid', isDeclaredGenerated: true });
  });

  it('of a camera declares no generator', async () => {
    expect(await readProvenance(captured, 'jpeg')).toEqual({ manifest: 'valid', isDeclaredGenerated: false });
  });

  it('is invalid once a pixel was changed', async () => {
    const tampered = Uint8Array.from(captured);
    tampered[tampered.length - 20]! ^= 1;
    expect(await readProvenance(tampered, 'jpeg')).toEqual({
      manifest: 'invalid',
      isDeclaredGenerated: false,
    });
  });

  it('is unreadable when it breaks off', async () => {
    const start = Buffer.from(captured).indexOf('jumb');
    const broken = Uint8Array.from(captured).fill(0xee, start + 40, start + 400);
    expect((await readProvenance(broken, 'jpeg')).manifest).toBe('unreadable');
  });

  it('is not looked for, and no reader woken, in a file without its boxes', async () => {
    const open = vi.fn();
    expect(await readManifest(await plain().jpeg().toBuffer(), 'jpeg', open)).toEqual({
      state: 'absent',
      isGenerated: false,
    });
    expect(open).not.toHaveBeenCalled();
  });

  it('is not checked in a file too large to hash in passing', async () => {
    const large = Buffer.alloc(16 * 1024 * 1024 + 1);
    large.write('jumb', 100);
    expect((await readManifest(large, 'jpeg')).state).toBe('unreadable');
  });

  it('is never fetched from where the file points to', async () => {
    const fetching = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('no network'));
    const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dcterms="http://purl.org/dc/terms/" dcterms:provenance="http://127.0.0.1:9/jumb"/></rdf:RDF></x:xmpmeta>`;
    const pointing = await plain().withXmp(xmp).jpeg().toBuffer();
    expect(pointing.includes('jumb')).toBe(true);
    expect((await readProvenance(pointing, 'jpeg')).isDeclaredGenerated).toBe(false);
    expect(fetching).not.toHaveBeenCalled();
  });
});

describe('what metadata declare', () => {
  it('is nothing for a picture without any', async () => {
    expect(await readProvenance(await plain().png().toBuffer(), 'png')).toEqual(UNDECLARED);
  });

  it.each(['Stable Diffusion XL', 'Midjourney 6', 'DALL·E 3'])(
    'is a generator by the software %s',
    async (name) => {
      const jpeg = await plain()
        .withExif({ IFD0: { Software: name } })
        .jpeg()
        .toBuffer();
      expect((await readProvenance(jpeg, 'jpeg')).isDeclaredGenerated).toBe(true);
    },
  );

  it.each(['Adobe Photoshop 25.0', 'HDR+ 1.0.4', 'GIMP 2.10'])(
    'is no generator by the software %s',
    async (name) => {
      const jpeg = await plain()
        .withExif({ IFD0: { Software: name } })
        .jpeg()
        .toBuffer();
      expect(await readProvenance(jpeg, 'jpeg')).toEqual(UNDECLARED);
    },
  );

  it('is a generator by the digital source type in XMP', async () => {
    const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:e="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" e:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"/></rdf:RDF></x:xmpmeta>`;
    const jpeg = await plain().withXmp(xmp).jpeg().toBuffer();
    expect((await readProvenance(jpeg, 'jpeg')).isDeclaredGenerated).toBe(true);
  });

  it('is a generator by the settings kept in a PNG', async () => {
    const png = withText(await plain().png().toBuffer(), 'parameters\0a face, steps: 20');
    expect(readPngMetadata(png).texts).toEqual([{ keyword: 'parameters', content: 'a face, steps: 20' }]);
    expect((await readProvenance(png, 'png')).isDeclaredGenerated).toBe(true);
  });

  it.each([
    ['its software', 'Software\0Stable Diffusion'],
    ['its XMP', 'XML:com.adobe.xmp\0<x DigitalSourceType="trainedAlgorithmicMedia"/>'],
  ])('is a generator by %s in a PNG', async (_, content) => {
    const png = withText(await plain().png().toBuffer(), content);
    expect((await readProvenance(png, 'png')).isDeclaredGenerated).toBe(true);
  });

  it('is a generator by the EXIF of a PNG', async () => {
    const png = await plain()
      .withExif({ IFD0: { Software: 'Midjourney' } })
      .png()
      .toBuffer();
    expect(readPngMetadata(png).exif).toBeDefined();
    expect((await readProvenance(png, 'png')).isDeclaredGenerated).toBe(true);
  });

  it('is read without inflating a colour profile that would fill the memory', async () => {
    const inflating = vi.spyOn(zlib, 'inflateSync');
    syncBuiltinESMExports();
    const png = await plain().png().toBuffer();
    const profile = Buffer.concat([Buffer.from('profile\0\0'), zlib.deflateSync(Buffer.alloc(1 << 24))]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(profile.length);
    const chunk = Buffer.concat([length, Buffer.from('iCCP'), profile, Buffer.alloc(4)]);
    const bomb = Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
    expect(await readProvenance(bomb, 'png')).toEqual(UNDECLARED);
    expect(inflating).not.toHaveBeenCalled();
    await exifr.parse(bomb).catch(() => undefined);
    expect(inflating, 'the library by itself would have').toHaveBeenCalled();
  });

  it('is nothing when they are broken', async () => {
    const png = withText(await plain().png().toBuffer(), 'Title\0x').subarray(0, 60);
    expect(await readProvenance(png, 'png')).toEqual(UNDECLARED);
    const jpeg = Uint8Array.from(
      await plain()
        .withExif({ IFD0: { Software: 'Midjourney' } })
        .jpeg()
        .toBuffer(),
    );
    const header = Buffer.from(jpeg).indexOf('Exif\0\0') + 6;
    expect(await readProvenance(jpeg.fill(0xff, header, header + 8), 'jpeg')).toEqual(UNDECLARED);
  });
});

/** A text chunk behind the PNG's header; readers of keywords do not check its sum. */
function withText(png: Buffer, content: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const chunk = Buffer.concat([length, Buffer.from(`tEXt${content}`, 'latin1'), Buffer.alloc(4)]);
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}
