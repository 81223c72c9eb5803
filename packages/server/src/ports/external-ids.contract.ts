import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AccountId } from '../domain/enrolment/records.ts';
import { insertOne, KEY, person, reference } from './new-records.contract.ts';
import type { NewSubject, Records } from './records.ts';

const HERE = 'here' as AccountId;
const ELSEWHERE = 'elsewhere' as AccountId;

/** The promises of the Records port about the names that callers have for subjects. Everything may lie in one store. */
export function externalIdsContract(name: string, open: () => Records): void {
  const inserted = async (subject: NewSubject = person(), account = HERE) =>
    open().transaction((tx) => insertOne(tx, account, subject));

  describe(`${name} keeps the promises of Records about external ids`, () => {
    it('finds a subject by the name its caller gave it, the oldest of several, while its time has not come', async () => {
      const externalId = `desk ${randomUUID()} ‰`;
      const past = new Date(Date.now() - 1000);
      await inserted(person({ externalId, expiresAt: past }));
      expect(await open().subjectByExternalId(HERE, externalId)).toBeUndefined();
      const { subject } = await inserted(person({ externalId, expiresAt: new Date(Date.now() + 60_000) }));
      await inserted(person({ externalId }));
      expect(await open().subjectByExternalId(HERE, externalId)).toEqual(subject);
      expect(await open().subjectByExternalId(HERE, externalId.toUpperCase())).toBeUndefined();
      expect(await open().subjectByExternalId(ELSEWHERE, externalId)).toBeUndefined();
    });

    it('gives the templates that one pack has made of whom a caller knows by a name, in its account alone', async () => {
      const externalId = randomUUID();
      const { subject, subjectNumber } = await inserted(person({ externalId }));
      const { subjectNumber: namesake } = await inserted(person({ externalId }));
      const { subjectNumber: stranger } = await inserted();
      const [first, second] = [reference(subjectNumber), reference(subjectNumber)];
      const others = [
        reference(subjectNumber, { packId: 'pack@2' }),
        reference(namesake),
        reference(stranger),
      ];
      await open().transaction((tx) => tx.insertReferences([first, second, ...others]));
      const sealed = await open().sealedTemplates(HERE, externalId, 'pack@1');
      expect(sealed.map(({ id }) => id).toSorted()).toEqual([first.id, second.id]);
      for (const { account, subjectId, sealedDataKey, sealedTemplate } of sealed) {
        expect({ account, subjectId }).toEqual({ account: HERE, subjectId: subject.id });
        expect([[...sealedDataKey], [...sealedTemplate]]).toEqual([[...KEY], [...first.sealedTemplate]]);
      }
      expect(await open().sealedTemplates(ELSEWHERE, externalId, 'pack@1')).toEqual([]);
      expect(await open().sealedTemplates(HERE, randomUUID(), 'pack@1')).toEqual([]);
    });

    it("lets one transaction at a time have a caller's name, and tells it who bears it", async () => {
      const externalId = randomUUID();
      await inserted(person({ externalId }), ELSEWHERE);
      const seen = await Promise.all(
        Array.from({ length: 8 }, () =>
          open().transaction(async (tx) => {
            const bearers = await tx.claimExternalId(HERE, externalId);
            if (bearers.length === 0) await insertOne(tx, HERE, person({ externalId }));
            return bearers;
          }),
        ),
      );
      expect(seen.filter((bearers) => bearers.length === 0)).toHaveLength(1);
      const { id } = (await open().subjectByExternalId(HERE, externalId)) ?? { id: 'nobody' };
      expect(seen.filter((bearers) => bearers.length > 0)).toEqual(Array.from({ length: 7 }, () => [id]));
    });
  });
}
