import { fourLetters, type HeaderReader } from './header.ts';

/** The IHDR chunk must come first. @source W3C PNG, third edition, 11.2.1. */
export const readPngHeader: HeaderReader = (view) =>
  fourLetters(view, 12) === 'IHDR' ? { width: view.getUint32(16), height: view.getUint32(20) } : undefined;
