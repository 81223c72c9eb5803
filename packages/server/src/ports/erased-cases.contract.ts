import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AccountId } from '../domain/enrolment/records.ts';
import type { CaseRecords, NewCase } from './case-records.ts';
import type { ErasedCases } from './erased-cases.ts';
import type { Records } from './records.ts';

const HERE = 'here/facia' as AccountId;
const LONG_MS = 600_000;

const newBlobId = () => randomBytes(32).toString('hex');

const pictures = (...names: readonly ('probe' | 'reference')[]): NewCase['media'] =>
  names.map((name) => ({ name, contentType: 'image/jpeg', blobId: newBlobId() }));

const submission = (media: NewCase['media']): NewCase => ({
  space: HERE,
  reference: randomBytes(8).toString('hex').toUpperCase().slice(0, 15),
  kind: 'verification',
  createdAt: new Date(1_700_000_000_000),
  sealedDataKey: randomBytes(68),
  media,
});

/** The promises of the ErasedCases port. No case of the store is pending before. */
export function erasedCasesContract(
  name: string,
  open: () => { readonly erased: ErasedCases; readonly cases: CaseRecords; readonly records: Records },
): void {
  const inserted = async (...names: readonly ('probe' | 'reference')[]) => {
    const submitted = submission(pictures(...names));
    expect(await open().cases.insert(submitted)).toBe(true);
    return submitted;
  };
  const claimed = async (leaseMs = LONG_MS) => {
    const claim = await open().cases.claim(leaseMs);
    if (claim === undefined) throw new Error('nothing was due');
    return claim;
  };
  const removed = async (blobIds: readonly string[] | undefined) =>
    open().records.confirmErasure(blobIds ?? []);

  describe(`${name} keeps the promises of ErasedCases`, () => {
    it('knows a case that is kept, and none that never was', async () => {
      const { space, reference } = await inserted('probe');
      expect(await open().erased.find(reference)).toEqual({ space, reference, state: 'pending' });
      expect(await open().erased.find('NOTHING')).toBeUndefined();
      expect(await open().erased.find('x\0')).toBeUndefined();
      await open().cases.erase({ space, reference }, '');
    });

    it('tells what is left of a case that was erased, and what it held', async () => {
      const { space, reference, kind, createdAt } = await inserted('probe', 'reference');
      const before = Date.now();
      await removed(await open().cases.erase({ space, reference }, 'asked for'));
      const found = await open().erased.find(reference);
      expect(found).toEqual({
        state: 'deleted',
        space,
        reference,
        kind,
        createdAt,
        erasedAt: expect.any(Date),
        comment: 'asked for',
        held: { media: 2, proofs: 0, decisions: 0, persons: 0 },
        filesLeft: 0,
      });
      const erasedAt = found?.state === 'deleted' ? found.erasedAt.getTime() : Number.NaN;
      expect(Math.abs(erasedAt - before)).toBeLessThan(60_000);
    });

    it('counts media that the decision replaced, and each file once', async () => {
      const { space, reference, media } = await inserted('probe', 'reference');
      const { lease } = await claimed();
      const [kept] = media;
      if (kept === undefined) throw new Error('there is no first picture');
      const proofs = [
        { ...kept, id: randomBytes(12).toString('hex') },
        { ...kept, name: 'reference' as const, blobId: newBlobId(), id: randomBytes(12).toString('hex') },
      ];
      await open().cases.complete(lease, { isAccepted: true, sealedDecision: Uint8Array.of(1), proofs });
      await open().cases.erase({ space, reference }, '');
      const held = { media: 1, proofs: 2, decisions: 1, persons: 0 };
      // The picture that the decision replaced is still to be removed, too.
      expect(await open().erased.find(reference)).toMatchObject({ held, filesLeft: 3 });
    });

    it('counts the files down as they are removed', async () => {
      const { space, reference } = await inserted('probe', 'reference');
      const [first, ...others] = (await open().cases.erase({ space, reference }, '')) ?? [];
      await removed([first ?? '']);
      expect(await open().erased.find(reference)).toMatchObject({ filesLeft: 1 });
      await removed(others);
      expect(await open().erased.find(reference)).toMatchObject({ filesLeft: 0 });
    });

    it('says until when a case that was being examined may still be in the hands of another node', async () => {
      const { space, reference } = await inserted('probe');
      await claimed();
      await open().cases.erase({ space, reference }, '');
      const found = await open().erased.find(reference);
      const until = found?.state === 'deleted' ? found.examinedUntil : undefined;
      expect(until?.getTime()).toBeGreaterThan(Date.now());
    });

    it('says nothing of that once the time is over, or when the case was decided before', async () => {
      for (const [leaseMs, isDecided] of [
        [0, false],
        [LONG_MS, true],
      ] as const) {
        const { space, reference } = await inserted('probe');
        const { lease } = await claimed(leaseMs);
        if (isDecided) await open().cases.fail(lease);
        await open().cases.erase({ space, reference }, '');
        expect(await open().erased.find(reference)).not.toHaveProperty('examinedUntil');
      }
    });
  });
}
