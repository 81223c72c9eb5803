/**
 * The protobuf wire format as plain data: a message is a list of fields, read and written without a schema.
 * ONNX needs nothing else, and a field list can be edited and written back with all it does not know intact.
 *
 * @module
 * @source protobuf.dev, "Encoding".
 */

/** One field; fixed-width values and nested messages stay bytes until someone asks. */
export type Field =
  | { readonly number: number; readonly wire: 'varint'; readonly value: bigint }
  | { readonly number: number; readonly wire: 'fixed64' | 'bytes' | 'fixed32'; readonly value: Uint8Array };

const WIRE_CODES = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;
const VARINT_BYTES_MAX = 10;

/** A signed or unsigned integer; negative values take ten bytes, as the format prescribes for int64. */
export const integerField = (number: number, value: number | bigint): Field => ({
  number,
  wire: 'varint',
  value: BigInt.asUintN(64, BigInt(value)),
});

export const bytesField = (number: number, value: Uint8Array): Field => ({ number, wire: 'bytes', value });

export const textField = (number: number, text: string): Field =>
  bytesField(number, new TextEncoder().encode(text));

export const messageField = (number: number, fields: readonly Field[]): Field =>
  bytesField(number, encodeMessage(fields));

export function floatField(number: number, value: number): Field {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return { number, wire: 'fixed32', value: bytes };
}

/** Writes the fields in their order. @cost one copy of all bytes. */
export function encodeMessage(fields: readonly Field[]): Uint8Array {
  return Buffer.concat(fields.flatMap(encodeField));
}

/**
 * Splits a message into its fields, in file order.
 *
 * @returns fields whose byte values are views into `bytes`, not copies.
 * @throws  Error when the bytes end inside a field or use the abandoned group encoding.
 */
export function decodeMessage(bytes: Uint8Array): Field[] {
  const fields: Field[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const key = readVarint(bytes, offset);
    const number = Number(key.value >> 3n);
    const { field, end } = readValue(bytes, key.end, { number, code: Number(key.value & 7n) });
    fields.push(field);
    offset = end;
  }
  return fields;
}

/** The message inside a `bytes` field. @throws Error when the field is a number. */
export function nestedMessage(field: Field): Field[] {
  if (field.wire !== 'bytes') throw new Error(`Protobuf field ${field.number} is not a message.`);
  return decodeMessage(field.value);
}

/** The text of the first field of that number, or an empty string: protobuf's default. */
export function textOf(fields: readonly Field[], number: number): string {
  const field = fields.find((candidate) => candidate.number === number);
  return field?.wire === 'bytes' ? new TextDecoder().decode(field.value) : '';
}

/** The integer of the first field of that number, or 0: protobuf's default. */
export function integerOf(fields: readonly Field[], number: number): number {
  const field = fields.find((candidate) => candidate.number === number);
  return field?.wire === 'varint' ? Number(BigInt.asIntN(64, field.value)) : 0;
}

/** The bytes of the first field of that number, or none. */
export function bytesOf(fields: readonly Field[], number: number): Uint8Array {
  const field = fields.find((candidate) => candidate.number === number);
  return field?.wire === 'bytes' ? field.value : new Uint8Array(0);
}

/** The float of the first field of that number, or 0. */
export function floatOf(fields: readonly Field[], number: number): number {
  const field = fields.find((candidate) => candidate.number === number);
  if (field?.wire !== 'fixed32') return 0;
  return new DataView(field.value.buffer, field.value.byteOffset).getFloat32(0, true);
}

/** All integers of the fields of that number, whether they come one by one or packed. */
export function integersOf(fields: readonly Field[], number: number): number[] {
  return fields
    .filter((field) => field.number === number)
    .flatMap((field) => {
      if (field.wire === 'varint') return [Number(BigInt.asIntN(64, field.value))];
      return field.wire === 'bytes' ? packedIntegers(field.value) : [];
    });
}

function packedIntegers(bytes: Uint8Array): number[] {
  const integers: number[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const { value, end } = readVarint(bytes, offset);
    integers.push(Number(BigInt.asIntN(64, value)));
    offset = end;
  }
  return integers;
}

function encodeField(field: Field): Uint8Array[] {
  const key = encodeVarint(BigInt(field.number * 8 + WIRE_CODES[field.wire]));
  if (field.wire === 'varint') return [key, encodeVarint(field.value)];
  if (field.wire === 'bytes') return [key, encodeVarint(BigInt(field.value.length)), field.value];
  return [key, field.value];
}

function encodeVarint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

function readVarint(bytes: Uint8Array, start: number): { value: bigint; end: number } {
  let value = 0n;
  for (let i = 0; i < VARINT_BYTES_MAX; i++) {
    const byte = bytes[start + i];
    if (byte === undefined) break;
    value |= BigInt(byte & 127) << BigInt(7 * i);
    if (byte < 128) return { value: BigInt.asUintN(64, value), end: start + i + 1 };
  }
  throw new Error('The protobuf message ends inside a number, or the number is longer than 64 bits.');
}

function readValue(
  bytes: Uint8Array,
  start: number,
  key: { number: number; code: number },
): { field: Field; end: number } {
  const { number, code } = key;
  if (code === WIRE_CODES.varint) {
    const { value, end } = readVarint(bytes, start);
    return { field: { number, wire: 'varint', value }, end };
  }
  if (code === WIRE_CODES.fixed32) return take(bytes, start, { number, wire: 'fixed32', length: 4 });
  if (code === WIRE_CODES.fixed64) return take(bytes, start, { number, wire: 'fixed64', length: 8 });
  if (code === WIRE_CODES.bytes) {
    const length = readVarint(bytes, start);
    return take(bytes, length.end, { number, wire: 'bytes', length: Number(length.value) });
  }
  throw new Error(`Protobuf wire type ${code} is not supported.`);
}

function take(
  bytes: Uint8Array,
  start: number,
  what: { number: number; wire: 'fixed32' | 'fixed64' | 'bytes'; length: number },
): { field: Field; end: number } {
  const end = start + what.length;
  if (end > bytes.length) throw new Error(`The protobuf message ends inside field ${what.number}.`);
  return { field: { number: what.number, wire: what.wire, value: bytes.subarray(start, end) }, end };
}
