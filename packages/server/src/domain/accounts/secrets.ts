import { createHash, randomInt, timingSafeEqual } from 'node:crypto';

/** Nothing that needs quoting in a header, a form, a shell or an address, and nothing that ends a double click. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 62^43 is above 2^256. */
const SECRET_LENGTH = 43;
const IDENTIFIER_LENGTH = 20;

/** At least 256 random bits: `[0-9A-Za-z]{43}`. */
export const drawSecret = (): string => draw(SECRET_LENGTH);

/** Public, and not to be guessed either: `[0-9A-Za-z]{20}`, 119 random bits. */
export const drawIdentifier = (): string => draw(IDENTIFIER_LENGTH);

const draw = (length: number): string =>
  Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** SHA-256. Fast is right here: secrets are drawn from 256 random bits, which nobody finds by trying. */
export const hashOf = (secret: string): Uint8Array => createHash('sha256').update(secret, 'utf8').digest();

/** In constant time. @param a,b SHA-256 each: of equal length. */
export const isSameHash = (a: Uint8Array, b: Uint8Array): boolean => timingSafeEqual(a, b);
