import { everybody, foundBy, itemsOf, type PeopleCalls, type Reply } from './people-calls.ts';

interface Person {
  readonly name: string;
  /** `leaving`: its erasure was asked and not answered. */
  state: 'present' | 'leaving' | 'gone';
  /** Images whose enrolment was answered. */
  readonly images: Set<string>;
  /** Images were asked for and not answered. */
  isUncertain: boolean;
}

/**
 * Remembers what a server has promised: everything that was answered. After each crash it looks whether all of it is
 * kept, and nothing else is there than what was asked for.
 */
export class CrashWitness {
  readonly #people = new Map<string, Person>();
  readonly #asked = new Map<string, string>();
  readonly #random: () => number;
  readonly #photo: Uint8Array;
  #names = 0;
  /** The database was killed: a refusal for the moment is a fair answer, and says nothing of what was done. */
  isStoreDying = false;
  /** Changes that were answered so far. */
  acknowledged = 0;
  searches = 0;

  constructor(photo: Uint8Array, random: () => number) {
    this.#photo = photo;
    this.#random = random;
  }

  /** Enrols, erases and searches until the server no longer answers. */
  async keepBusy(calls: PeopleCalls): Promise<void> {
    while (await this.#act(this.#heard(calls))) await undefined;
  }

  /** A dying store's refusal is as good as silence. */
  #heard(calls: PeopleCalls): PeopleCalls {
    const heard = (reply: Reply) => (this.isStoreDying && reply?.status === 503 ? undefined : reply);
    return {
      ...calls,
      createPerson: async (name, key) => heard(await calls.createPerson(name, key)),
      deletePerson: async (id) => heard(await calls.deletePerson(id)),
      addImage: async (id, photo) => heard(await calls.addImage(id, photo)),
      search: async (photo, limit) => heard(await calls.search(photo, limit)),
    };
  }

  async #act(calls: PeopleCalls): Promise<boolean> {
    const chance = this.#random();
    const someone = this.#anyPresent();
    if (chance < 0.56 || someone === undefined) return this.#create(calls);
    if (chance < 0.63) return this.#addImage(calls, someone);
    if (chance < 0.95) return this.#erase(calls, someone);
    return this.#search(calls);
  }

  #anyPresent(): string | undefined {
    const present = [...this.#people].filter(([, person]) => person.state === 'present');
    return present[Math.floor(this.#random() * present.length)]?.[0];
  }

  /** Enrols somebody. A refusal for the moment leaves it open whether it was done. */
  async create(calls: PeopleCalls): Promise<Reply> {
    const name = `person ${++this.#names}`;
    this.#asked.set(name, name);
    const reply = await calls.createPerson(name, name);
    if (reply?.status !== 503) this.#noteCreated(name, reply);
    return reply;
  }

  async #create(calls: PeopleCalls): Promise<boolean> {
    return (await this.create(calls)) !== undefined;
  }

  #noteCreated(name: string, reply: Reply): boolean {
    if (reply === undefined) return false;
    requireStatus(reply, 201);
    this.#asked.delete(name);
    this.#people.set(String(reply.body['id']), {
      name,
      state: 'present',
      images: new Set(),
      isUncertain: false,
    });
    this.acknowledged++;
    return true;
  }

  async #addImage(calls: PeopleCalls, id: string): Promise<boolean> {
    const person = this.#person(id);
    person.isUncertain = true;
    const reply = await calls.addImage(id, this.#photo);
    if (reply === undefined) return false;
    // Another caller may have erased the person meanwhile.
    if (reply.status === 404 && person.state !== 'present') return true;
    requireStatus(reply, 200);
    person.images.add(String(reply.body['id']));
    this.acknowledged++;
    return true;
  }

  async #erase(calls: PeopleCalls, id: string): Promise<boolean> {
    const person = this.#person(id);
    person.state = 'leaving';
    const reply = await calls.deletePerson(id);
    if (reply === undefined) return false;
    requireStatus(reply, 204);
    person.state = 'gone';
    this.acknowledged++;
    return true;
  }

  async #search(calls: PeopleCalls): Promise<boolean> {
    const gone = new Set([...this.#people].filter(([, { state }]) => state === 'gone').map(([id]) => id));
    const reply = await calls.search(this.#photo, 1000);
    if (reply === undefined) return false;
    requireStatus(reply, 200);
    this.searches++;
    const ghosts = foundBy(reply).filter((id) => gone.has(id));
    if (ghosts.length > 0)
      throw new Error(`A search named ${ghosts.length} people whose erasure was answered.`);
    return true;
  }

  /** What is wrong with a server that has come up again; empty when all is as it was promised. */
  async look(calls: PeopleCalls): Promise<string[]> {
    this.isStoreDying = false;
    for (const name of [...this.#asked.keys()]) this.#noteCreated(name, await calls.createPerson(name, name));
    const listed = await everybody(calls);
    const problems = [...this.#compare(listed)];
    for (const [id, person] of this.#people) {
      if (person.state === 'present' && person.isUncertain) problems.push(...(await this.#lookAt(calls, id)));
    }
    problems.push(...(await this.#compareIndex(calls)));
    return problems;
  }

  #compare(listed: readonly { readonly id: string; readonly name: string }[]): string[] {
    const problems: string[] = [];
    const ids = new Set(listed.map(({ id }) => id));
    const names = new Set(listed.map(({ name }) => name));
    if (Math.min(ids.size, names.size) < listed.length)
      problems.push('an id, or a name asked for once, is there twice');
    for (const id of ids) if (!this.#people.has(id)) problems.push(`${id} is there and was never answered`);
    for (const [id, person] of this.#people) {
      const isThere = ids.has(id);
      if (person.state === 'leaving') person.state = isThere ? 'present' : 'gone';
      if (isThere !== (person.state === 'present')) {
        problems.push(`${person.name} is ${isThere ? 'back' : 'lost'}`);
      }
    }
    return problems;
  }

  /** Every image that was answered is there and whole; one that was asked for may be. */
  async #lookAt(calls: PeopleCalls, id: string): Promise<string[]> {
    const person = this.#person(id);
    const kept = new Set(itemsOf(await calls.images(id)).map((image) => image.id));
    const problems = [...person.images]
      .filter((image) => !kept.has(image))
      .map((image) => `${image} is lost`);
    for (const image of kept) {
      const bytes = await calls.download(id, image);
      const isWhole = bytes !== undefined && Buffer.from(bytes).equals(Buffer.from(this.#photo));
      if (!isWhole) problems.push(`${image} is not whole`);
      person.images.add(image);
    }
    person.isUncertain = false;
    return problems;
  }

  /** The index holds what the store holds: as many references, and a search names just those with a picture. */
  async #compareIndex(calls: PeopleCalls): Promise<string[]> {
    const present = [...this.#people].filter(([, { state }]) => state === 'present');
    const expected = present.reduce((sum, [, { images }]) => sum + images.size, 0);
    const size = await calls.gallerySize();
    const problems = size === expected ? [] : [`the index holds ${size} references, the store ${expected}`];
    const shown = present.filter(([, { images }]) => images.size > 0).map(([id]) => id);
    const found = foundBy(await calls.search(this.#photo, 1000));
    const complete = shown.length > 1000 || [...found].sort().join() === shown.sort().join();
    return complete ? problems : [...problems, `a search names ${found.length} people of ${shown.length}`];
  }

  #person(id: string): Person {
    const person = this.#people.get(id);
    if (person === undefined) throw new Error('The witness forgot somebody.');
    return person;
  }
}

function requireStatus(reply: NonNullable<Reply>, status: number): void {
  if (reply.status !== status) {
    throw new Error(`Answered ${reply.status} instead of ${status}: ${JSON.stringify(reply.body)}`);
  }
}
