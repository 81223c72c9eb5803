import type { ByteReader } from './byte-reader.ts';

/**
 * A reader for the part of Python's pickle format in which tensors are saved.
 *
 * Pickle is a program that may call anything. This reader runs no code but the caller's: a global that the caller
 * does not provide, and an opcode it does not know, is an error.
 *
 * @module
 * @source Python, `Lib/pickletools.py`.
 */

/** What the program may reach. */
export interface PickleHost {
  /** `module name` → function to call with the pickled arguments. */
  readonly globals: ReadonlyMap<string, PickleCallable>;
  /** Resolves a reference to data stored outside the pickle. */
  readonly persistent: (id: unknown) => unknown;
}

export type PickleCallable = (...args: readonly unknown[]) => unknown;

/**
 * Runs one pickle and leaves the reader behind it.
 *
 * @returns None as null, int as number (bigint beyond 32 bits), str as string, list and tuple as arrays, dict as Map.
 * @throws Error on anything not allowed, and on a program that is broken or cut short.
 */
export function readPickle(reader: ByteReader, host: PickleHost): unknown {
  const machine: Machine = { reader, host, stack: [], marks: [], memo: new Map() };
  for (;;) {
    const code = reader.byte();
    if (code === STOP) return pop(machine);
    const operation = OPERATIONS[code];
    if (!operation) throw new Error(`The pickle uses opcode 0x${code.toString(16)}, which is not allowed.`);
    operation(machine);
  }
}

interface Machine {
  readonly reader: ByteReader;
  readonly host: PickleHost;
  readonly stack: unknown[];
  /** Stack heights at which open lists, tuples and dictionaries begin. */
  readonly marks: number[];
  readonly memo: Map<number, unknown>;
}

const STOP = 0x2e;

const OPERATIONS: Readonly<Record<number, (machine: Machine) => unknown>> = {
  // PROTO
  128: ({ reader }) => reader.byte(),
  // MARK
  40: ({ marks, stack }) => marks.push(stack.length),
  // NONE, NEWTRUE, NEWFALSE
  78: ({ stack }) => stack.push(null),
  136: ({ stack }) => stack.push(true),
  137: ({ stack }) => stack.push(false),
  // BININT, BININT1, BININT2, LONG1
  74: ({ stack, reader }) => stack.push(reader.int32()),
  75: ({ stack, reader }) => stack.push(reader.byte()),
  77: ({ stack, reader }) => stack.push(reader.uint16()),
  138: ({ stack, reader }) => stack.push(signedInteger(reader.bytes(reader.byte()))),
  // BINUNICODE
  88: ({ stack, reader }) => stack.push(reader.text(reader.uint32())),
  // EMPTY_LIST, EMPTY_TUPLE, EMPTY_DICT
  93: ({ stack }) => stack.push([]),
  41: ({ stack }) => stack.push([]),
  125: ({ stack }) => stack.push(new Map()),
  // TUPLE, TUPLE1, TUPLE2, TUPLE3
  116: (machine) => machine.stack.push(popToMark(machine)),
  133: (machine) => machine.stack.push(popMany(machine, 1)),
  134: (machine) => machine.stack.push(popMany(machine, 2)),
  135: (machine) => machine.stack.push(popMany(machine, 3)),
  // APPENDS
  101: (machine) => append(machine, popToMark(machine)),
  // SETITEM, SETITEMS
  115: (machine) => setItems(machine, popMany(machine, 2)),
  117: (machine) => setItems(machine, popToMark(machine)),
  // BINPUT, LONG_BINPUT, BINGET, LONG_BINGET
  113: (machine) => machine.memo.set(machine.reader.byte(), top(machine)),
  114: (machine) => machine.memo.set(machine.reader.uint32(), top(machine)),
  104: (machine) => recall(machine, machine.reader.byte()),
  106: (machine) => recall(machine, machine.reader.uint32()),
  // GLOBAL
  99: ({ stack, reader, host }) => {
    const name = `${reader.line()} ${reader.line()}`;
    const callable = host.globals.get(name);
    if (!callable) throw new Error(`The pickle wants ${name}, which is not allowed.`);
    stack.push(callable);
  },
  // REDUCE
  82: (machine) => {
    const [callable, args] = popMany(machine, 2);
    if (typeof callable !== 'function' || !Array.isArray(args)) throw new Error('The pickle calls a value.');
    machine.stack.push(callable(...args));
  },
  // BINPERSID
  81: (machine) => machine.stack.push(machine.host.persistent(pop(machine))),
  // BUILD: attributes of an object. None of ours has any that matter.
  98: (machine) => pop(machine),
};

function top({ stack }: Machine): unknown {
  if (stack.length === 0) throw new Error('The pickle takes more than it put down.');
  return stack.at(-1);
}

function pop(machine: Machine): unknown {
  const value = top(machine);
  machine.stack.pop();
  return value;
}

function popMany({ stack }: Machine, count: number): unknown[] {
  if (stack.length < count) throw new Error('The pickle takes more than it put down.');
  return stack.splice(stack.length - count);
}

function popToMark({ stack, marks }: Machine): unknown[] {
  const mark = marks.pop();
  if (mark === undefined || mark > stack.length) throw new Error('The pickle closes what it did not open.');
  return stack.splice(mark);
}

function append(machine: Machine, values: readonly unknown[]): void {
  const list = top(machine);
  if (!Array.isArray(list)) throw new Error('The pickle appends to what is no list.');
  list.push(...values);
}

function setItems(machine: Machine, pairs: readonly unknown[]): void {
  const map = top(machine);
  if (!(map instanceof Map) || pairs.length % 2 !== 0)
    throw new Error('The pickle fills what is no dictionary.');
  for (let i = 0; i < pairs.length; i += 2) map.set(pairs[i], pairs[i + 1]);
}

function recall({ memo, stack }: Machine, key: number): void {
  if (!memo.has(key)) throw new Error('The pickle recalls what it did not note.');
  stack.push(memo.get(key));
}

/** Little-endian two's complement of any length. */
function signedInteger(bytes: Uint8Array): bigint {
  const unsigned = bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return BigInt.asIntN(8 * bytes.length, unsigned);
}
