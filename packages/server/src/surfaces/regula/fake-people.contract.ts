import {
  compare,
  type FalseMatchRate,
  falseMatchRate,
  falseMatchRateAt,
  type Template,
} from '@facegate/engine/vocabulary';
import { v7 } from 'uuid';
import { acquirePicture, type Picture } from '../../domain/acquisition/acquire-picture.ts';
import type { Enrolment, IdempotencyRequest, SubjectRequest } from '../../domain/enrolment/enrolment.ts';
import type {
  Group,
  Metadata,
  Page,
  PageRequest,
  Reference,
  Subject,
} from '../../domain/enrolment/records.ts';
import { errors } from '../../domain/errors.ts';
import type {
  Candidate,
  Identification,
  SearchedFace,
  SearchScope,
} from '../../domain/identification/identification.ts';
import { verifyFaces } from '../../domain/verification/verify.ts';
import type { FaceProcessor } from '../../ports/face-processor.ts';

interface KeptReference {
  readonly reference: Reference;
  readonly template: Template;
  readonly picture: Picture;
}

interface Memory {
  readonly processor: FaceProcessor;
  readonly groups: Map<string, Group>;
  readonly subjects: Map<string, Subject>;
  readonly references: Map<string, KeptReference>;
  readonly answers: Map<string, { readonly fingerprint: string; readonly answer: unknown }>;
}

/** Enrolment and identification in memory, of one account, one step at a time. Nothing is durable. */
export function createFakePeople(processor: FaceProcessor) {
  const memory: Memory = {
    processor,
    groups: new Map(),
    subjects: new Map(),
    references: new Map(),
    answers: new Map(),
  };
  return {
    enrolment: { ...subjectCases(memory), ...referenceCases(memory), ...groupCases(memory) },
    identification: identificationOf(memory),
  };
}

type SubjectCases = Pick<
  Enrolment,
  'createSubject' | 'subject' | 'updateSubject' | 'removeSubject' | 'groupsOfSubject'
>;

const subjectCases = (memory: Memory): SubjectCases => ({
  createSubject: async (_account, request, idempotency) =>
    once(memory, idempotency, async () => insertSubject(memory, request)),
  subject: async (_account, id) => livingSubject(memory, id),
  updateSubject: async (_account, id, { groupIds, ...change }) => {
    const subject = livingSubject(memory, id);
    const groups = groupIds && { groupIds: existingGroups(memory, groupIds) };
    memory.subjects.set(subject.id, { ...subject, ...change, ...groups, updatedAt: new Date() });
  },
  removeSubject: async (_account, id) => {
    const subject = livingSubject(memory, id);
    memory.subjects.delete(subject.id);
    for (const { reference } of referencesOf(memory, subject.id)) memory.references.delete(reference.id);
  },
  groupsOfSubject: async (_account, id, page) => {
    const groups = livingSubject(memory, id).groupIds.map((groupId) => memory.groups.get(groupId)!);
    return pageOf(groups, page);
  },
});

function livingSubject({ subjects }: Memory, id: string): Subject {
  const subject = subjects.get(id.toLowerCase());
  if (subject === undefined || (subject.expiresAt && subject.expiresAt <= new Date())) {
    throw errors.notFound('person');
  }
  return subject;
}

function insertSubject(memory: Memory, request: SubjectRequest): Subject {
  const { name, externalId, metadata, groupIds, fallbackGroup, lifetimeSeconds } = request;
  const now = new Date();
  const wanted =
    groupIds.length > 0 || fallbackGroup === undefined ? groupIds : [ensureGroup(memory, fallbackGroup)];
  const subject: Subject = {
    id: v7(),
    name,
    ...(externalId !== undefined && { externalId }),
    metadata,
    groupIds: existingGroups(memory, wanted),
    createdAt: now,
    updatedAt: now,
    ...(lifetimeSeconds !== undefined && { expiresAt: new Date(now.getTime() + lifetimeSeconds * 1000) }),
  };
  memory.subjects.set(subject.id, subject);
  return subject;
}

function existingGroups({ groups }: Memory, ids: readonly string[]): string[] {
  const wanted = [...new Set(ids.map((id) => id.toLowerCase()))];
  if (!wanted.every((id) => groups.has(id))) throw errors.notFound('group');
  return wanted.sort().reverse();
}

function ensureGroup(memory: Memory, name: string): string {
  const found = [...memory.groups.values()].find((group) => group.name === name);
  return (found ?? insertGroup(memory, name, {})).id;
}

type ReferenceCases = Pick<
  Enrolment,
  'addReference' | 'reference' | 'references' | 'referencePicture' | 'removeReference'
>;

const referenceCases = (memory: Memory): ReferenceCases => ({
  addReference: async (_account, subjectId, { image, resize, metadata }, idempotency, signal) => {
    const subject = livingSubject(memory, subjectId);
    return once(memory, idempotency, async () => {
      const request = { faces: 'central', template: true, ...(resize && { resize }) } as const;
      const acquired = await acquirePicture(memory.processor, { image, request }, signal);
      if (acquired.outcome === 'failure-to-acquire') return acquired;
      const { picture, faces } = acquired;
      const reference = insertReference(memory, {
        subjectId: subject.id,
        picture,
        template: faces[0]!.template!,
        metadata,
      });
      return { outcome: 'enrolled', reference };
    });
  },
  reference: async (_account, id) => keptReference(memory, id).reference,
  references: async (_account, subjectId, page) => {
    const kept = referencesOf(memory, livingSubject(memory, subjectId).id);
    return pageOf(
      kept.map(({ reference }) => reference),
      page,
    );
  },
  referencePicture: async (_account, subjectId, id) => ownReference(memory, subjectId, id).picture,
  removeReference: async (_account, subjectId, id) => {
    memory.references.delete(ownReference(memory, subjectId, id).reference.id);
  },
});

interface ReferenceFields {
  readonly subjectId: string;
  readonly picture: Picture;
  readonly template: Template;
  readonly metadata: Metadata;
}

function insertReference(
  memory: Memory,
  { subjectId, picture, template, metadata }: ReferenceFields,
): Reference {
  const now = new Date();
  const { contentType } = picture;
  const reference = { id: v7(), subjectId, contentType, metadata, createdAt: now, updatedAt: now };
  memory.references.set(reference.id, { reference, picture, template });
  return reference;
}

function keptReference({ references }: Memory, id: string): KeptReference {
  const kept = references.get(id.toLowerCase());
  if (kept === undefined) throw errors.notFound('image');
  return kept;
}

function ownReference(memory: Memory, subjectId: string, id: string): KeptReference {
  const kept = keptReference(memory, id);
  if (kept.reference.subjectId !== livingSubject(memory, subjectId).id) throw errors.notFound('image');
  return kept;
}

const referencesOf = ({ references }: Memory, subjectId: string): KeptReference[] =>
  [...references.values()].filter(({ reference }) => reference.subjectId === subjectId);

type GroupCases = Omit<Enrolment, keyof SubjectCases | keyof ReferenceCases>;

const groupCases = (memory: Memory): GroupCases => ({
  createGroup: async (_account, { name, metadata }, idempotency) =>
    once(memory, idempotency, async () => insertGroup(memory, name, metadata)),
  group: async (_account, id) => existingGroup(memory, id),
  groups: async (_account, page) => pageOf([...memory.groups.values()], page),
  updateGroup: async (_account, id, change) => {
    const group = existingGroup(memory, id);
    memory.groups.set(group.id, { ...group, ...change });
  },
  removeGroup: async (_account, id) => {
    const group = existingGroup(memory, id);
    memory.groups.delete(group.id);
    for (const subject of memory.subjects.values()) setMember(memory, subject, { group, is: false });
  },
  subjectsOfGroup: async (_account, id, page) => {
    const group = existingGroup(memory, id);
    return pageOf(
      [...memory.subjects.values()].filter(({ groupIds }) => groupIds.includes(group.id)),
      page,
    );
  },
  changeMembers: async (_account, id, { add, remove }) => {
    const group = existingGroup(memory, id);
    const joining = add.map((subjectId) => livingSubject(memory, subjectId).id);
    for (const subjectId of remove) {
      const leaving = memory.subjects.get(subjectId.toLowerCase());
      if (leaving) setMember(memory, leaving, { group, is: false });
    }
    for (const subjectId of joining) setMember(memory, livingSubject(memory, subjectId), { group, is: true });
  },
});

function insertGroup(memory: Memory, name: string, metadata: Metadata): Group {
  const group = { id: v7(), name, metadata, createdAt: new Date() };
  memory.groups.set(group.id, group);
  return group;
}

function existingGroup({ groups }: Memory, id: string): Group {
  const group = groups.get(id.toLowerCase());
  if (group === undefined) throw errors.notFound('group');
  return group;
}

interface Membership {
  readonly group: Group;
  readonly is: boolean;
}

function setMember({ subjects }: Memory, subject: Subject, { group, is }: Membership): void {
  const others = subject.groupIds.filter((id) => id !== group.id);
  const groupIds = is ? [...others, group.id].sort().reverse() : others;
  subjects.set(subject.id, { ...subject, groupIds });
}

const identificationOf = (memory: Memory): Identification => ({
  identify: async (_account, input, signal) => {
    existingGroups(memory, input.scope.groupIds);
    const { image, faces, portraits, resize } = input;
    const request = { faces, portraits, template: true, ...(resize && { resize }) } as const;
    const acquired = await acquirePicture(memory.processor, { image, request }, signal);
    if (acquired.outcome === 'failure-to-acquire') return acquired;
    const { width, height, picture } = acquired;
    const searched: SearchedFace[] = acquired.faces.map((face) => {
      return { face, candidates: candidatesFor(memory, face.template!, input.scope), reranked: 0 };
    });
    const outcome = { outcome: 'searched', width, height, faces: searched } as const;
    const { enrolUnknown, idempotency } = input;
    const earlier = rememberedAnswer(memory, idempotency);
    if (earlier === undefined) {
      if (enrolUnknown === undefined || searched.some(({ candidates }) => candidates.length > 0))
        return outcome;
    }
    const enrolled = await once(memory, idempotency, async () => {
      const subject = insertSubject(memory, enrolUnknown!);
      const template = acquired.faces[0]!.template!;
      return {
        subject,
        reference: insertReference(memory, { subjectId: subject.id, picture, template, metadata: {} }),
      };
    });
    return { ...outcome, enrolled };
  },
  verifyAndIdentify: async (_account, { scope, ...input }, signal) => {
    existingGroups(memory, scope.groupIds);
    const verification = await verifyFaces(memory.processor, input, signal);
    const candidates = verification.acquisitions.map((acquisition) =>
      acquisition.outcome === 'acquired'
        ? acquisition.faces.map((face) => candidatesFor(memory, face.template!, scope))
        : [],
    );
    return { ...verification, candidates };
  },
});

function candidatesFor(memory: Memory, probe: Template, scope: SearchScope): Candidate[] {
  const subjects = [...memory.subjects.values()].filter((subject) => isWithin(subject, scope));
  const candidates = subjects.map((subject) => {
    const references = referencesOf(memory, subject.id)
      .map(({ reference, template }) => {
        const comparisonScore = compare(probe, template);
        return { reference, comparisonScore, falseMatchRate: rateOf(memory, comparisonScore) };
      })
      .filter((found) => found.falseMatchRate <= scope.falseMatchRateMax)
      .sort((a, b) => b.comparisonScore - a.comparisonScore);
    return { subject, references };
  });
  return candidates
    .filter(({ references }) => references.length > 0)
    .sort((a, b) => b.references[0]!.comparisonScore - a.references[0]!.comparisonScore)
    .slice(0, scope.subjectsMax);
}

const rateOf = ({ processor }: Memory, score: Parameters<typeof falseMatchRateAt>[1]): FalseMatchRate =>
  falseMatchRate(falseMatchRateAt(processor.calibration, score));

function isWithin(subject: Subject, { groupIds, filter }: SearchScope): boolean {
  if (subject.expiresAt && subject.expiresAt <= new Date()) return false;
  const wanted = groupIds.map((id) => id.toLowerCase());
  if (wanted.length > 0 && !subject.groupIds.some((id) => wanted.includes(id))) return false;
  if (filter === undefined) return true;
  const isListed = filter.values.includes(subject[filter.field] ?? '\0');
  return isListed === (filter.op === 'in');
}

/** What was answered under the key before, or what `work` makes now; failures to acquire are not remembered. */
async function once<T extends object>(
  memory: Memory,
  idempotency: IdempotencyRequest | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const earlier = rememberedAnswer(memory, idempotency);
  if (earlier !== undefined) return earlier as T;
  const answer = await work();
  const failed = 'outcome' in answer && answer.outcome === 'failure-to-acquire';
  if (idempotency && !failed) {
    memory.answers.set(idempotency.key, { fingerprint: idempotency.fingerprint, answer });
  }
  return answer;
}

function rememberedAnswer({ answers }: Memory, idempotency: IdempotencyRequest | undefined): unknown {
  const earlier = idempotency && answers.get(idempotency.key);
  if (earlier === undefined) return undefined;
  if (earlier.fingerprint !== idempotency?.fingerprint) throw errors.idempotencyConflict();
  return earlier.answer;
}

function pageOf<Item extends { readonly id: string }>(
  items: readonly Item[],
  { number, size }: PageRequest,
): Page<Item> {
  const latestFirst = items.toSorted((a, b) => (a.id < b.id ? 1 : -1));
  return {
    items: latestFirst.slice((number - 1) * size, number * size),
    number,
    total: Math.max(1, Math.ceil(items.length / size)),
  };
}
