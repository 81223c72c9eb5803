import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createByteReader } from './byte-reader.ts';
import { type PickleHost, readPickle } from './pickle.ts';

const HOST: PickleHost = {
  globals: new Map([['collections OrderedDict', () => new Map()]]),
  persistent: (id) => ({ stored: id }),
};

/** Opcodes as text, so that a test reads like a disassembly; `\xNN` for the rest. */
const run = (program: string): unknown => readPickle(createByteReader(Buffer.from(program, 'latin1')), HOST);

test('numbers, texts, lists, tuples and dictionaries are read', () => {
  expect(run('\x80\x02K\x07.')).toBe(7);
  expect(run('M\xe9\x03.')).toBe(1001);
  expect(run('J\xff\xff\xff\xff.')).toBe(-1);
  expect(run('\x8a\x02\x00\xff.')).toBe(-256n);
  expect(run('X\x02\x00\x00\x00hi.')).toBe('hi');
  expect(run('](K\x01NK\x02e.')).toEqual([1, null, 2]);
  expect(run('(\x88\x89t.')).toEqual([true, false]);
  expect(run('}K\x01K\x02s.')).toEqual(new Map([[1, 2]]));
});

test('what was noted is recalled as the same object', () => {
  const [first, second] = run('(]q\x01h\x01t.') as unknown[];
  expect(first).toBe(second);
});

test('an allowed global is called, and a stored object is asked for', () => {
  expect(run('ccollections\nOrderedDict\n)R.')).toEqual(new Map());
  expect(run('K\x05Q.')).toEqual({ stored: 5 });
});

test('a global that is not allowed is refused before it is called', () => {
  expect(() => run('cos\nsystem\nX\x02\x00\x00\x00ls\x85R.')).toThrow('The pickle wants os system');
  expect(() => run('cbuiltins\neval\n.')).toThrow(/not allowed/);
  expect(() => run('c__proto__\nconstructor\n.')).toThrow(/not allowed/);
});

test.each([
  ['STACK_GLOBAL', '\x93'],
  ['INST', 'i'],
  ['OBJ', 'o'],
  ['NEWOBJ', '\x81'],
  ['EXT1', '\x82'],
])('the opcode %s, which could reach other code, is refused', (_, code) => {
  expect(() => run(`${code}.`)).toThrow(/is not allowed/);
});

test('broken programs are refused', () => {
  expect(() => run('.')).toThrow(/takes more/);
  expect(() => run('t.')).toThrow(/did not open/);
  expect(() => run('h\x09.')).toThrow(/did not note/);
  expect(() => run('K\x01K\x01K\x02s.')).toThrow(/no dictionary/);
  expect(() => run('K\x01)R.')).toThrow(/calls a value/);
  expect(() => run('K\x01')).toThrow(/end inside/);
});

test('arbitrary bytes are read or refused with a message of ours', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (noise) => {
      try {
        readPickle(createByteReader(noise), HOST);
      } catch (error) {
        expect(String(error)).toMatch(/^Error: The (pickle|data)/);
      }
    }),
  );
});
