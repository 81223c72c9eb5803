import type { HeaderReader } from './header.ts';

/** Two generations: OS/2 with 16-bit sides, and all later ones, whose height is negative when rows go down. */
export const readBmpHeader: HeaderReader = (view) =>
  view.getUint32(14, true) === 12
    ? { width: view.getUint16(18, true), height: view.getUint16(20, true) }
    : { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
