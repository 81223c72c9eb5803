import { type AnalysisRequest, compare, type FaceAttribute } from '@facegate/engine/vocabulary';
import { describe, expect, it } from 'vitest';
import type { FaceProcessor } from './face-processor.ts';

/** Pictures in the processor's own kind: photographs for a real one, drawings for a fake. */
interface ContractPictures {
  readonly onePerson: Uint8Array;
  /** Another picture of the same person alone. */
  readonly samePerson: Uint8Array;
  readonly otherPerson: Uint8Array;
  /** At least two faces. */
  readonly group: Uint8Array;
  readonly nobody: Uint8Array;
  /** An accepted format, cut short. */
  readonly broken: Uint8Array;
  /** Path of a clip in which the person of `onePerson` is seen. */
  readonly clip: string;
  /** Path of a clip that is cut short. */
  readonly brokenClip: string;
  /** Path of a file that begins as a clip and goes on as none. */
  readonly noClip: string;
}

export interface ContractSubject {
  readonly processor: FaceProcessor;
  readonly pictures: ContractPictures;
}

/** The promises of the FaceProcessor port. */
export function faceProcessorContract(name: string, open: () => Promise<ContractSubject>): void {
  const copy = (bytes: Uint8Array) => Uint8Array.from(bytes);

  describe(`${name} keeps the FaceProcessor's promises`, () => {
    it('finds one face where one is shown, inside the picture, without what was not asked', async () => {
      const { processor, pictures } = await open();
      const image = await processor.process(copy(pictures.onePerson), { faces: 'all' });
      expect(image.faces).toHaveLength(1);
      const face = image.faces[0]!;
      expect(face.box.x + face.box.width / 2).toBeGreaterThan(0);
      expect(face.box.x + face.box.width / 2).toBeLessThan(image.width);
      expect(face.template).toBeUndefined();
      expect(face.portraits).toEqual([]);
    });

    it('finds all faces when all are asked and one when the central one is asked', async () => {
      const { processor, pictures } = await open();
      const all = await processor.process(copy(pictures.group), { faces: 'all' });
      const central = await processor.process(copy(pictures.group), { faces: 'central' });
      expect(all.faces.length).toBeGreaterThanOrEqual(2);
      expect(central.faces).toHaveLength(1);
      expect(all.faces.map((face) => face.box)).toContainEqual(central.faces[0]!.box);
    });

    it('returns no face, and does not fail, where nobody is shown', async () => {
      const { processor, pictures } = await open();
      expect((await processor.process(copy(pictures.nobody), { faces: 'all' })).faces).toEqual([]);
    });

    it('makes unit-length templates of its pack, higher-scoring for one person than for two', async () => {
      const { processor, pictures } = await open();
      const templateOf = async (bytes: Uint8Array) =>
        (await processor.process(copy(bytes), { faces: 'central', template: true })).faces[0]!.template!;
      const probe = await templateOf(pictures.onePerson);
      expect(probe.packId).toBe(processor.pack.packId);
      expect(probe.values).toHaveLength(processor.pack.templateDimension);
      expect(Math.hypot(...probe.values)).toBeCloseTo(1, 4);
      expect(compare(probe, await templateOf(pictures.samePerson))).toBeGreaterThan(
        compare(probe, await templateOf(pictures.otherPerson)),
      );
    });

    it('gives the same answer to the same bytes', async () => {
      const { processor, pictures } = await open();
      const request = { faces: 'all', template: true } as const;
      const first = await processor.process(copy(pictures.group), request);
      const second = await processor.process(copy(pictures.group), request);
      expect(second.faces).toEqual(first.faces);
    });

    it('makes JPEG portraits in the order and of the size asked', async () => {
      const { processor, pictures } = await open();
      const padColour = [0, 0, 0] as const;
      const { faces } = await processor.process(copy(pictures.onePerson), {
        faces: 'central',
        portraits: [
          { aspect: '3:4', size: { width: 90, height: 120 }, padColour },
          { aspect: '1:1', padColour },
        ],
      });
      const [sized, natural] = faces[0]!.portraits;
      expect(sized).toMatchObject({ width: 90, height: 120 });
      expect([...sized!.jpeg.subarray(0, 2)]).toEqual([0xff, 0xd8]);
      expect(natural!.width).toBe(natural!.height);
    });

    it('measures what is asked, of the picture or of the first portrait, and nothing else', async () => {
      const { processor, pictures } = await open();
      const measures = ['raster-width', 'raster-height', 'padding'] as const;
      const process = (request: Pick<AnalysisRequest, 'portraits' | 'quality'>) =>
        processor.process(copy(pictures.onePerson), { faces: 'central', ...request });
      const whole = await process({ quality: { measures, of: 'picture' } });
      expect(whole.faces[0]!.quality).toEqual({
        'raster-width': whole.width,
        'raster-height': whole.height,
        padding: 0,
      });
      const size = { width: 90, height: 120 };
      const portraits = [{ aspect: '3:4', size, padColour: [0, 0, 0] }] as const;
      const cut = await process({ portraits, quality: { measures, of: 'portrait' } });
      expect(cut.faces[0]!.quality).toMatchObject({ 'raster-width': 90, 'raster-height': 120 });
      expect((await process({})).faces[0]).not.toHaveProperty('quality');
    });

    it('tells no attribute that is not asked', async () => {
      const { processor, pictures } = await open();
      const ask = async (attributes?: readonly FaceAttribute[]) => {
        const request = { faces: 'central', ...(attributes && { attributes }) } as const;
        return (await processor.process(copy(pictures.onePerson), request)).faces[0]!;
      };
      expect(await ask()).not.toHaveProperty('attributes');
      const { attributes } = await ask(['mouth']);
      expect(Object.keys(attributes!).filter((name) => name !== 'mouth')).toEqual([]);
    });

    it.each([
      ['image-empty', () => new Uint8Array()],
      ['unsupported-media', () => new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')],
      ['image-unreadable', (pictures: ContractPictures) => copy(pictures.broken)],
    ])('refuses with %s', async (code, bytes) => {
      const { processor, pictures } = await open();
      await expect(processor.process(bytes(pictures), { faces: 'all' })).rejects.toMatchObject({
        name: 'FaceError',
        code,
      });
    });

    it('finds the person of a clip in its frames, in their order, with what was asked', async () => {
      const { processor, pictures } = await open();
      const request = { faces: 'central', template: true, injection: true } as const;
      const { facts, frames, injection } = await processor.processVideo(pictures.clip, request);
      expect(facts.isWhole).toBe(true);
      const times = frames.map(({ timestampSeconds }) => timestampSeconds);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      const still = await processor.process(copy(pictures.onePerson), request);
      for (const { faces } of frames) {
        expect(compare(faces[0]!.template!, still.faces[0]!.template!)).toBeGreaterThan(0.5);
        expect(faces[0]!.injection).toBeDefined();
      }
      expect(injection?.manipulationProbability).toBeGreaterThanOrEqual(0);
    });

    it('makes a JPEG of each frame of a clip where that is asked', async () => {
      const { processor, pictures } = await open();
      const asked = { faces: 'central', pictures: { width: 100, height: 100, quality: 80 } } as const;
      for (const { picture } of (await processor.processVideo(pictures.clip, asked)).frames) {
        expect([...picture!.subarray(0, 2)]).toEqual([0xff, 0xd8]);
      }
      const bare = await processor.processVideo(pictures.clip, { faces: 'central' });
      expect(bare.frames[0]).not.toHaveProperty('picture');
      expect(bare).not.toHaveProperty('injection');
    });

    it('refuses a broken clip, and gives up when the signal has fired', async () => {
      const { processor, pictures } = await open();
      const request = { faces: 'central' } as const;
      await expect(processor.processVideo(pictures.brokenClip, request)).rejects.toMatchObject({
        name: 'FaceError',
        code: 'image-unreadable',
      });
      await expect(processor.processVideo(pictures.clip, request, AbortSignal.abort())).rejects.toMatchObject(
        { code: 'timeout' },
      );
    });

    it('tells what can be decoded from what cannot, in memory or in a file', async () => {
      const { processor, pictures } = await open();
      const whole = copy(pictures.onePerson);
      await processor.inspect(whole);
      expect(whole).toEqual(copy(pictures.onePerson));
      await processor.inspectVideo(pictures.clip);
      // Its beginning is that of a clip, not of a picture.
      await expect(processor.inspect(pictures.clip)).rejects.toMatchObject({
        name: 'FaceError',
        code: 'unsupported-media',
      });
      await expect(processor.inspect(copy(pictures.broken))).rejects.toMatchObject({
        name: 'FaceError',
        code: 'image-unreadable',
      });
      await expect(processor.inspectVideo(pictures.noClip)).rejects.toMatchObject({
        name: 'FaceError',
        code: 'image-unreadable',
      });
    });

    it('gives up with timeout when the signal has fired', async () => {
      const { processor, pictures } = await open();
      const signal = AbortSignal.abort();
      await expect(
        processor.process(copy(pictures.onePerson), { faces: 'all' }, signal),
      ).rejects.toMatchObject({ code: 'timeout' });
    });
  });
}
