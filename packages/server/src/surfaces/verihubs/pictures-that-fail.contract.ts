import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recapture } from '@facegate/testkit/recapture';
import sharp from 'sharp';
import { beside, withoutColour } from './changed-photographs.contract.ts';

const DATA = process.env['FACEGATE_TEST_DATA'] ?? join(import.meta.dirname, '../../../../../../shared/data');
const FILES = {
  person: 'lfw-view1/images/Aaron_Peirsol_0001.jpg',
  same: 'lfw-view1/images/Aaron_Peirsol_0002.jpg',
  stranger: 'lfw-view1/images/Adam_Sandler_0001.jpg',
  masked: 'mask/with_mask/000.jpg',
  /** With surroundings: of a crop that ends at the face no attack is told. */
  maskedInRoom: 'mask/with_mask/095.jpg',
} as const;

/** A picture of test data. */
export const photograph = (name: keyof typeof FILES): Buffer => readFileSync(join(DATA, FILES[name]));

/** Those that are not there. */
export const missingPhotographs: readonly string[] = Object.values(FILES)
  .map((file) => join(DATA, file))
  .filter((file) => !existsSync(file));

/** The picture is the larger one and in front: the face that counts. */
const besideStranger = (picture: Buffer): Promise<Buffer> => beside(picture, photograph('stranger'));

/** A picture's number, what it shows, and how it is made. */
export type FailingPicture = readonly [number, string, () => Promise<Buffer>];

/** The person and a masked face: as they are, in shades of grey (4), beside a stranger (8), and both. */
const variationsOf = (bits: number, title: string, picture: () => Promise<Buffer>): FailingPicture[] => [
  [bits, title, picture],
  [bits + 4, `${title} in shades of grey`, async () => withoutColour(await picture())],
  [bits + 8, `${title} beside a stranger`, async () => besideStranger(await picture())],
  [
    bits + 12,
    `${title} beside a stranger in shades of grey`,
    async () => withoutColour(await besideStranger(await picture())),
  ],
];

/** Side of the pictures of LFW, px: what simulated screens are made for. */
const SIDE = 250;

/** A photograph of a screen that shows a picture. */
async function onScreen(picture: Buffer, seed: number): Promise<Buffer> {
  const square = await sharp(picture).resize(SIDE, SIDE, { fit: 'cover' }).jpeg({ quality: 95 }).toBuffer();
  const elsewhere = Uint8Array.from(photograph('stranger'));
  return Buffer.from(await recapture(Uint8Array.from(square), 'screen', { seed, elsewhere }));
}

/** FAIL_ON 2, 4, …, 14, and 0 for none. */
export const BEFORE_THE_CAMERA: readonly FailingPicture[] = [
  ...variationsOf(0, 'another photograph of the person', async () => photograph('same')),
  ...variationsOf(2, 'a masked face', async () => photograph('masked')),
];

/**
 * FAIL_ON 1, 3, …, 15. Recaptures differ in how much of a screen they show, by their seeds; these show much. How many
 * attacks go unnoticed is measured elsewhere.
 */
export const ON_A_SCREEN: readonly FailingPicture[] = [
  ...variationsOf(1, 'the person on a screen', async () => onScreen(photograph('same'), 2)),
  ...variationsOf(3, 'a masked face on a screen', async () => onScreen(photograph('maskedInRoom'), 2)),
];
