import type { Call } from './canary-verihubs.ts';
import { base64 } from './verihubs-calls.ts';

/** What may be written down nowhere. */
interface Canary {
  readonly person: { readonly name: string; readonly externalId: string; readonly metadata: object };
  /** Of the metadata. */
  readonly note: string;
  readonly group: string;
  readonly photo: Uint8Array;
  /** Of an account, and a word that was never one. */
  readonly key: string;
  readonly stale: string;
}

/** Every operation of Regula, with her picture and her names. */
export async function useRegula(
  call: Call,
  { group: groupName, note, photo, person }: Canary,
): Promise<void> {
  const group = await call('POST', '/api/groups', { name: groupName, metadata: { note } });
  const { id } = await call('POST', '/api/persons', { ...person, groups: [group.id] });
  await call('POST', '/api/persons', person, { 'idempotency-key': person.externalId });
  const added = await call('POST', `/api/persons/${id}/images`, { image: { content: base64(photo) } });
  for (const path of ['', '/groups', '/images', `/images/${added.id}`])
    await call('GET', `/api/persons/${id}${path}`);
  for (const path of ['', `/${group.id}`, `/${group.id}/persons`]) await call('GET', `/api/groups${path}`);
  await call('PUT', `/api/persons/${id}`, { ...person, groups: [group.id] });
  await call('PUT', `/api/groups/${group.id}`, { name: groupName, metadata: {} });
  await call('PUT', `/api/groups/${group.id}/persons`, { removeItems: [], addItems: [id] });
  await call('POST', '/api/search', { image: { content: base64(photo) }, limit: 5, threshold: 1 });
  await call('POST', '/api/search', {
    image: { content: base64(photo) },
    createPerson: person,
    threshold: 1,
  });
  const images = [1, 3].map((type, index) => ({ index, type, data: base64(photo) }));
  await call('POST', '/api/match', { images });
  await call('POST', '/api/match_and_search', { images });
  await call('POST', '/api/detect', { image: base64(photo), processParam: { scenario: 'QualityFull' } });
  await call('DELETE', `/api/persons/${id}/images/${added.id}`);
  await call('DELETE', `/api/persons/${id}`);
  await call('DELETE', `/api/groups/${group.id}`);
}

/** Every way to be refused that has something to repeat. */
export async function beRefusedByRegula(call: Call, canary: Canary): Promise<void> {
  const { photo, person, note, key } = canary;
  const { name, externalId } = person;
  const garbage = base64(photo.subarray(400, 4000));
  for (const path of ['match', 'detect', 'search', 'match_and_search', 'persons', 'groups']) {
    await call('POST', `/api/${path}`, `{"name": "${name}", "image": "${base64(photo)}`);
    await call('POST', `/api/${path}`, {
      image: name,
      images: base64(photo),
      name: { name },
      metadata: note,
    });
    await call('POST', `/api/${path}`, {
      [name]: note,
      image: [externalId],
      images: [{ data: base64(photo) }],
    });
  }
  await call('POST', '/api/detect', { image: garbage });
  await call('POST', '/api/search', { image: { content: garbage }, groupIds: [name] });
  await call('POST', '/api/search', { image: { content: base64(photo) }, groupIds: [externalId] });
  await call('POST', '/api/persons', { ...person, groups: [name] });
  for (const method of ['GET', 'PUT', 'DELETE']) {
    const payload = method === 'PUT' ? person : undefined;
    await call(method, `/api/persons/${name}?name=${name}`, payload);
    await call(method, `/api/groups/${externalId}`, payload);
    await call(method, `/api/${name}/${note}?image=${base64(photo).slice(0, 200)}`, payload);
  }
  for (const authorization of [`Bearer ${canary.stale}`, `Bearer ${key}x`]) {
    await call('POST', '/api/search', { image: { content: base64(photo) } }, { authorization });
    await call('GET', `/api/groups?access_token=${key}`, undefined, { authorization });
  }
  await call('POST', '/api/persons', person, { 'idempotency-key': `${name}\u00e9` });
  await call('POST', '/api/persons', { ...person, name: 'other' }, { 'idempotency-key': externalId });
}
