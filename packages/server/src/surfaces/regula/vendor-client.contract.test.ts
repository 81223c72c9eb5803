import { drawPicture } from '@facegate/testkit';
import {
  FaceAttribute,
  FaceQualityConfigName,
  FaceQualityScenarios,
  FaceSdk,
  type GroupToCreate,
  ImageSource,
  type MatchAndSearchRequest,
  type MatchAndSearchResponse,
  type PersonFields,
} from '@regulaforensics/facesdk-webclient';
import { beforeEach, describe, expect, it } from 'vitest';
import { openPeopleApp } from './people-app.contract.ts';

/** The vendor's public client, unmodified, called as in the vendor's own examples. */
describe('@regulaforensics/facesdk-webclient', () => {
  let sdk: FaceSdk;
  let face1: ArrayBuffer;
  let face2: ArrayBuffer;

  const draw = async (identity: number): Promise<ArrayBuffer> => {
    const png = await drawPicture([
      { identity, x: 110, y: 60 },
      { identity: 90, x: 5, y: 5, width: 40, height: 50 },
    ]);
    return Uint8Array.from(png).buffer;
  };

  beforeEach(async () => {
    const { app } = openPeopleApp();
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    // A base with a slash at its end makes the client ask for //api/match.
    // The examples pass a plain object; the client's types ask for every method of its Configuration class.
    sdk = new FaceSdk({ basePath: `${url}/` } as ConstructorParameters<typeof FaceSdk>[0]);
    [face1, face2] = [await draw(1), await draw(2)];
  });

  it('matches three images of two types', async () => {
    const response = await sdk.matchingApi.match({
      thumbnails: true,
      images: [
        { type: ImageSource.LIVE, data: face1, index: 1 },
        { type: ImageSource.DOCUMENT_RFID, data: face1, index: 2 },
        { type: ImageSource.LIVE, data: face2, index: 3 },
      ],
    });
    expect(response.code).toBe(0);
    const pairs = response.results!.map((r) => [r.firstIndex, r.secondIndex, r.similarity! > 0.75]);
    expect(pairs).toEqual([
      [1, 2, true],
      [1, 3, false],
      [2, 3, false],
    ]);
    expect(response.detections!.every(({ faces }) => faces![0]!.thumbnail!.length > 0)).toBe(true);
  });

  it('detects all faces by the legacy switches of its example', async () => {
    // The example sends these; the client's types know only processParam.
    const request = { image: face1, onlyCentralFace: false, thumbnails: true, attributes: true };
    const { results } = await sdk.matchingApi.detect(request);
    expect(results!.detectorType).toEqual(expect.any(Number));
    expect(results!.landmarksType).toEqual(expect.any(Number));
    expect(results!.detections).toHaveLength(2);
    for (const { landmarks, roi, attributes } of results!.detections) {
      expect(landmarks).toHaveLength(5);
      expect(roi).toHaveLength(4);
      expect(attributes!.details).toHaveLength(13);
    }
  });

  it('assesses a portrait by QualityICAO', async () => {
    const processParam = { scenario: FaceQualityScenarios.QUALITY_ICAO };
    const { code, results } = await sdk.matchingApi.detect({ image: face1, processParam });
    expect(code).toBe(0);
    expect(results!.scenario).toBe('QualityICAO');
    const [face] = results!.detections;
    expect(Buffer.from(String(face!.crop), 'base64').subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
    const { details, detailsGroups, nonCompliant, score, timer } = face!.quality!;
    expect(details).toHaveLength(44);
    expect(detailsGroups!.map(({ totalCount }) => totalCount)).toEqual([5, 8, 4, 8, 4, 4, 8, 3]);
    // There is a second face in the picture.
    expect(nonCompliant).toEqual([FaceQualityConfigName.OTHER_FACES]);
    expect(score).toBeCloseTo(43 / 44);
    expect(timer).toEqual(expect.any(Number));
  });

  it('tells attributes by AttributesAll, of which its enumeration does not know', async () => {
    const scenario = 'AttributesAll' as FaceQualityScenarios;
    const { results } = await sdk.matchingApi.detect({ image: face1, processParam: { scenario } });
    const names = results!.detections[0]!.attributes!.details!.map(({ name }) => String(name));
    expect(names.sort()).toEqual(Object.values<string>(FaceAttribute).sort());
  });

  it('assesses and tells what a request lists', async () => {
    const { results } = await sdk.matchingApi.detect({
      image: face1,
      processParam: {
        onlyCentralFace: true,
        outputImageParams: { crop: { type: 1, size: [240, 300], padColor: [255, 255, 255] } },
        quality: {
          backgroundMatchColor: [128, 128, 128],
          config: [
            { name: FaceQualityConfigName.ROLL, range: [0, 5] },
            { name: FaceQualityConfigName.SMILE },
          ],
        },
        attributes: { config: [{ name: FaceAttribute.AGE }] },
      },
    });
    const [face] = results!.detections;
    expect(face!.quality!.details).toMatchObject([
      { groupId: 2, name: 'Roll', range: [0, 5], status: 1 },
      { groupId: 6, name: 'Smile', range: [0, 0.5], status: 1 },
    ]);
    expect(face!.attributes!.details).toEqual([{ name: 'Age', value: [28, 34] }]);
  });

  it('reads the readiness of the server', async () => {
    const response = await sdk.diagnosticsApi.readiness();
    expect(response).toMatchObject({ ready: true });
  });

  it("runs the vendor's identification example", async () => {
    const person1Id = (await sdk.personApi.createPerson({ name: 'person1', metadata: {} })).id!;
    const person2Id = (await sdk.personApi.createPerson({ name: 'person2', metadata: {} })).id!;
    // The client turns the buffer of a request into text in place: it is given one of its own.
    await sdk.personApi.addImageToPerson(person1Id, { image: { content: copy(face1) } });
    await sdk.personApi.addImageToPerson(person2Id, { image: { content: copy(face2) } });
    expect(await sdk.personApi.getPerson(person1Id)).toMatchObject({ id: person1Id, name: 'person1' });
    expect(await sdk.personApi.getPerson(person2Id)).toMatchObject({ id: person2Id, name: 'person2' });
    const group = await sdk.groupApi.createGroup({ name: 'group1', metadata: {} });
    await sdk.groupApi.updatePersonsInGroup(group.id!, { addItems: [person1Id, person2Id] });
    // The example sends the name of version 4; the client's types know only groupIds.
    const request = { group_ids: [], image: { content: copy(face1) }, limit: 10, threshold: 0.8 };
    const { code, persons } = await sdk.searchApi.search(request);
    expect(code).toBe(0);
    expect(persons!.map(({ id }) => id)).toEqual([person1Id]);
    expect(persons![0]!.images![0]!.similarity).toBeGreaterThan(0.75);
    expect(persons![0]!.detection!.landmarks).toHaveLength(5);
  });

  it('keeps persons, their images and their groups', async () => {
    const { id } = await sdk.personApi.createPerson({ name: 'a' } as PersonFields);
    const group = await sdk.groupApi.createGroup({ name: 'g' } as GroupToCreate);
    expect(group.metadata).toEqual({});
    await sdk.groupApi.updateGroup(group.id!, { name: 'h', metadata: {} });
    expect((await sdk.groupApi.getGroup(group.id!)).name).toBe('h');
    await sdk.personApi.updatePerson(id!, { name: 'b', metadata: {}, groups: [group.id!] });
    expect((await sdk.groupApi.getAllPersonsByGroupId(1, 10, group.id!)).items).toMatchObject([
      { id, name: 'b' },
    ]);
    expect((await sdk.personApi.getAllGroupsByPersonId(1, 10, id!)).items).toMatchObject([{ id: group.id }]);
    expect((await sdk.groupApi.getAllGroups(1, 1)).totalPages).toBe(2);

    const image = await sdk.personApi.addImageToPerson(id!, { image: { content: copy(face1) } });
    const { items } = await sdk.personApi.getAllImagesByPersonId(1, 10, id!);
    expect(items).toEqual([image]);
    const options = { responseType: 'arraybuffer' } as const;
    // An image's id is a number in the client's types and a UUID on the wire.
    const imageId = String(image.id);
    const bytes = await sdk.personApi.getImageOfPerson(imageId, id!, undefined, options);
    expect(Buffer.from(bytes as ArrayBuffer)).toEqual(Buffer.from(face1));

    await sdk.personApi.deleteImageOfPerson(imageId, id!);
    await sdk.groupApi.deleteGroup(group.id!);
    await sdk.personApi.deletePerson(id!);
    await expect(sdk.personApi.getPerson(id!)).rejects.toMatchObject({
      response: { status: 404, data: { statusCode: 404, type: 'NotFoundException' } },
    });
  });

  it('makes a person of a stranger', async () => {
    const createPerson = { name: 'new', metadata: {} };
    const created = await sdk.searchApi.search({ image: { content: copy(face1) }, createPerson });
    expect(created).toMatchObject({ name: 'new', code: 0 });
    const found = await sdk.searchApi.search({ image: { content: copy(face1) }, createPerson });
    expect(found.persons).toMatchObject([{ id: created.id }]);
  });

  it('matches and searches at once', async () => {
    const { id } = await sdk.personApi.createPerson({ name: 'a', metadata: {} });
    await sdk.personApi.addImageToPerson(id!, { image: { content: copy(face1) } });
    const images = [face1, face2].map((face) => ({ content: base64(face), type: ImageSource.LIVE }));
    const { data } = await generated(sdk).matchAndSearch({ images });
    expect(data.code).toBe(0);
    expect(data.results).toHaveLength(1);
    expect(data.detections!.map(({ faces }) => faces![0]!.persons!.map((person) => person.id))).toEqual([
      [id],
      [],
    ]);
  });
});

const copy = (face: ArrayBuffer) => face.slice(0) as unknown as string;
const base64 = (face: ArrayBuffer) => Buffer.from(face).toString('base64');

interface GeneratedApi {
  matchAndSearch(request: MatchAndSearchRequest): Promise<{ readonly data: MatchAndSearchResponse }>;
}

/** The client's generated part knows the operation, its hand-written part does not pass it on. */
const generated = ({ matchingApi }: FaceSdk): GeneratedApi =>
  (matchingApi as unknown as { readonly superClass: GeneratedApi }).superClass;
