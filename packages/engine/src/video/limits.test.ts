import { expect, it } from 'vitest';
import { DEFAULT_IMAGE_LIMITS } from '../image/limits.ts';
import {
  checkDeclared,
  checkFrameCount,
  checkVideoBytes,
  DEFAULT_VIDEO_LIMITS,
  videoOptionsOf,
} from './limits.ts';

const declared = { codec: 'h264', width: 1280, height: 720, rotation: 0, durationSeconds: 10 } as const;
const limits = DEFAULT_VIDEO_LIMITS;

it('lets an ordinary clip pass, and one that does not tell its duration', () => {
  checkVideoBytes(50_000_000, limits);
  checkDeclared({ ...declared, durationSeconds: 60 }, limits);
  checkDeclared({ ...declared, durationSeconds: undefined }, limits);
  checkFrameCount(3600, limits);
});

it.each([
  ['a byte too many', () => checkVideoBytes(50_000_001, limits)],
  ['a frame too many', () => checkFrameCount(3601, limits)],
  ['a day at a frame a second', () => checkDeclared({ ...declared, durationSeconds: 86_400 }, limits)],
  ['a duration that is no number', () => checkDeclared({ ...declared, durationSeconds: Number.NaN }, limits)],
  ['16,384 pixels a side', () => checkDeclared({ ...declared, width: 16_384, height: 16_384 }, limits)],
  ['too many pixels in all', () => checkDeclared({ ...declared, width: 8000, height: 8000 }, limits)],
])('refuses %s as too large', (_, check) => {
  expect(check).toThrow(expect.objectContaining({ code: 'payload-too-large' }));
});

it('calls nothing empty and nothing to see unreadable', () => {
  expect(() => checkVideoBytes(0, limits)).toThrow(expect.objectContaining({ code: 'image-empty' }));
  const blind = { ...declared, width: 0 };
  expect(() => checkDeclared(blind, limits)).toThrow(expect.objectContaining({ code: 'image-unreadable' }));
});

it('holds frames to the limits of images unless clips have their own', () => {
  const images = { ...DEFAULT_IMAGE_LIMITS, pixelsMax: 1_000_000 };
  expect(videoOptionsOf({}, images).limits).toMatchObject({ pixelsMax: 1_000_000, secondsMax: 60 });
  const own = { video: { atOnce: 1, limits: { pixelsMax: 5, secondsMax: 3 } } };
  expect(videoOptionsOf(own, images)).toMatchObject({
    decoder: 'auto',
    atOnce: 1,
    limits: { pixelsMax: 5, secondsMax: 3, framesMax: 3600 },
  });
});
