import type { RunningServer } from './server-process.ts';

/** An answer, or that none came: the server died. */
export type Reply = { readonly status: number; readonly body: Record<string, unknown> } | undefined;

interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly payload?: object;
  readonly key?: string;
}

/** Regula's operations on people, as a client sends them. */
export function peopleCalls(server: Pick<RunningServer, 'url'>) {
  const call = async ({ method, path, payload, key }: Call): Promise<Reply> => {
    const headers = {
      ...(payload && { 'content-type': 'application/json' }),
      ...(key !== undefined && { 'idempotency-key': key }),
    };
    const body = payload ? { body: JSON.stringify(payload) } : {};
    try {
      const answer = await fetch(server.url + path, { method, headers, ...body });
      const text = await answer.text();
      return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
    } catch {
      return undefined;
    }
  };
  const image = (photo: Uint8Array) => ({ content: Buffer.from(photo).toString('base64') });
  return {
    createPerson: (name: string, key: string) =>
      call({ method: 'POST', path: '/api/persons', payload: { name, metadata: {} }, key }),
    deletePerson: (id: string) => call({ method: 'DELETE', path: `/api/persons/${id}` }),
    addImage: (id: string, photo: Uint8Array) =>
      call({ method: 'POST', path: `/api/persons/${id}/images`, payload: { image: image(photo) } }),
    images: (id: string) => call({ method: 'GET', path: `/api/persons/${id}/images?size=1000` }),
    groups: () => call({ method: 'GET', path: '/api/groups' }),
    personsOfGroup: (id: string, page: number) =>
      call({ method: 'GET', path: `/api/groups/${id}/persons?page=${page}&size=1000` }),
    search: (photo: Uint8Array, limit: number) =>
      call({ method: 'POST', path: '/api/search', payload: { image: image(photo), limit, threshold: 1 } }),
    download: async (personId: string, imageId: string): Promise<Uint8Array | undefined> => {
      const answer = await fetch(`${server.url}/api/persons/${personId}/images/${imageId}`);
      return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined;
    },
    /** Of references, as the server's own metrics say. */
    gallerySize: async (): Promise<number> => {
      const text = await (await fetch(`${server.url}/metrics`)).text();
      return Number(/^facegate_gallery_references (\d+)$/m.exec(text)?.[1] ?? Number.NaN);
    },
  };
}

export type PeopleCalls = ReturnType<typeof peopleCalls>;

/** A list's items; fails where there is none. */
export const itemsOf = (reply: Reply): readonly { readonly id: string; readonly name: string }[] => {
  if (reply?.status !== 200) throw new Error(`A list was answered with ${reply?.status ?? 'silence'}.`);
  return reply.body['items'] as { id: string; name: string }[];
};

/** Everybody in every group. */
export async function everybody(calls: PeopleCalls): Promise<{ id: string; name: string }[]> {
  const all: { id: string; name: string }[] = [];
  for (const group of itemsOf(await calls.groups())) {
    for (let page = 1; ; page++) {
      const items = itemsOf(await calls.personsOfGroup(group.id, page));
      all.push(...items);
      if (items.length < 1000) break;
    }
  }
  return all;
}

/** Ids of the persons a search answered with, best first. */
export const foundBy = (reply: Reply): string[] =>
  ((reply?.body['persons'] ?? []) as { id: string }[]).map(({ id }) => id);
