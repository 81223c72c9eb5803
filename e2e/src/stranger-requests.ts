import type { VerihubsOperation } from './verihubs-calls.ts';

/** What one account made, or nobody. */
export interface Ids {
  readonly group: string;
  readonly person: string;
  readonly image: string;
  /** Verihubs' name of somebody. */
  readonly subject: string;
}

/** Ids of the right shape that nothing has. */
export const NOTHING: Ids = {
  group: '00000000-0000-7000-8000-000000000001',
  person: '00000000-0000-7000-8000-000000000002',
  image: '00000000-0000-7000-8000-000000000003',
  subject: '00000000-0000-7000-8000-000000000004',
};

export interface RegulaRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly payload?: object;
}

interface Own {
  readonly person: string;
  readonly group: string;
  readonly picture: string;
}

const READ = ['GET'] as const;
const CHANGE = ['GET', 'PUT', 'DELETE'] as const;

/** Every operation of Regula that names a thing, with every kind of id it takes; `own` is what the caller may name. */
export function regulaRequests({ group, person, image }: Ids, own: Own): RegulaRequest[] {
  const at = (methods: readonly RegulaRequest['method'][], path: string, payload: object = { name: 'x' }) =>
    methods.map((method) => ({ method, path, ...(method !== 'GET' && { payload }) }));
  const content = own.picture;
  return [
    ...at(CHANGE, `/api/persons/${person}`),
    ...at(READ, `/api/persons/${person}/groups`),
    ...at(READ, `/api/persons/${person}/images`),
    ...at(['POST'], `/api/persons/${person}/images`, { image: { content } }),
    ...at(['GET', 'DELETE'], `/api/persons/${person}/images/${image}`),
    ...at(['GET', 'DELETE'], `/api/persons/${own.person}/images/${image}`),
    ...at(CHANGE, `/api/groups/${group}`),
    ...at(READ, `/api/groups/${group}/persons`),
    ...at(['PUT'], `/api/groups/${group}/persons`, { addItems: [own.person] }),
    ...at(['PUT'], `/api/groups/${own.group}/persons`, { addItems: [person] }),
    ...at(['PUT'], `/api/groups/${own.group}/persons`, { removeItems: [person] }),
    ...at(['POST'], '/api/persons', { name: 'x', groups: [group] }),
    ...at(['PUT'], `/api/persons/${own.person}`, { groups: [group] }),
    ...at(['POST'], '/api/search', { image: { content }, groupIds: [group] }),
    ...at(['POST'], '/api/search', {
      image: { content },
      groupIds: [group],
      createPerson: { name: 'x' },
    }),
    ...at(['POST'], '/api/match_and_search', { images: [{ content }], groupIds: [group] }),
  ];
}

export interface VerihubsRequest {
  readonly operation: VerihubsOperation;
  readonly payload?: object;
  readonly query?: string;
}

/** Every operation of Verihubs that names somebody who must be there; enrolling names whom it makes. */
export const verihubsRequests = (subject: string, picture: string): VerihubsRequest[] => [
  { operation: 'verify', payload: { image: picture, subject_id: subject } },
  {
    operation: 'verify',
    payload: { image: picture, subject_id: subject, is_liveness: true, threshold: 'basic' },
  },
  { operation: 'delete', payload: { subject_id: subject } },
  { operation: 'delete', query: `?subject_id=${encodeURIComponent(subject)}` },
];
