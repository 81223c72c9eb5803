import { rmSync } from 'node:fs';
import { FaceSdk } from '@regulaforensics/facesdk-webclient';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase, operatorsUrl } from './operators-database.ts';
import { createDataFolder } from './own-data-folder.ts';
import { portraitOf } from './photographs.ts';
import { type RunningServer, startServer } from './server-process.ts';

const STORES = [
  { title: 'the database that comes along', skipped: '', settings: async () => ({}) },
  {
    title: "the operator's PostgreSQL",
    skipped: operatorsUrl === undefined ? ' (FACEGATE_TEST_DATABASE_URL names none)' : '',
    settings: async () => ({ DATABASE_URL: await createDatabase(operatorsUrl ?? '') }),
  },
];

for (const { title, skipped, settings } of STORES) {
  describe.skipIf(skipped !== '')(`the vendor's client, unmodified, on ${title}${skipped}`, () => {
    const folder = createDataFolder();
    let server: RunningServer;
    let sdk: FaceSdk;

    const start = async (chosen: Readonly<Record<string, string>>) => {
      server = await startServer({ FACEGATE_DATA: folder, ...chosen });
      sdk = new FaceSdk({ basePath: server.url } as ConstructorParameters<typeof FaceSdk>[0]);
    };
    let chosen: Readonly<Record<string, string>> = {};
    beforeAll(async () => {
      chosen = await settings();
      await start(chosen);
    });
    afterAll(async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    test('enrols people from photographs and finds them in others, over a restart and until they are erased', async () => {
      const enrol = async (name: string, photo: ArrayBuffer, groups: string[]) => {
        const { id = '' } = await sdk.personApi.createPerson({ name, metadata: {}, groups });
        // The client turns the buffer of a request into text in place: it is given one of its own.
        await sdk.personApi.addImageToPerson(id, { image: { content: own(photo) } });
        return id;
      };
      const search = async (photo: ArrayBuffer, groupIds: string[] = []) => {
        const request = { groupIds, image: { content: own(photo) }, limit: 5, threshold: 1 };
        return (await sdk.searchApi.search(request)).persons ?? [];
      };
      const { id: staff = '' } = await sdk.groupApi.createGroup({ name: 'staff', metadata: {} });
      const { id: guests = '' } = await sdk.groupApi.createGroup({ name: 'guests', metadata: {} });
      const her = await enrol('she', await portraitOf('her in picture 1'), [staff]);
      const him = await enrol('he', await portraitOf('somebody in picture 6'), [guests]);
      const again = await portraitOf('her in picture 3');

      const [found, ...others] = await search(again);
      expect(found).toMatchObject({ id: her, name: 'she', groups: [staff] });
      expect(found?.images?.[0]?.similarity).toBeGreaterThan(0.75);
      expect(others).toEqual([]);
      expect(await search(again, [guests])).toEqual([]);
      await sdk.groupApi.updatePersonsInGroup(guests, { addItems: [her], removeItems: [him] });
      expect((await search(again, [guests])).map(({ id }) => id)).toEqual([her]);

      await server.stop();
      await start(chosen);
      expect((await search(again, [guests])).map(({ id }) => id)).toEqual([her]);
      await sdk.personApi.deletePerson(her);
      expect(await search(again)).toEqual([]);
      expect((await search(await portraitOf('somebody in picture 6'))).map(({ id }) => id)).toEqual([him]);
    });
  });
}

const own = (photo: ArrayBuffer) => photo.slice(0) as unknown as string;
