import { readFile } from 'node:fs/promises';
import type { RunningServer } from '../../../e2e/src/server-process.ts';

/** A person of a search's answer with the picture that is nearest. */
export interface FoundPerson {
  readonly name: string;
  readonly similarity: number;
}

interface WirePerson {
  readonly id: string;
  readonly name: string;
  readonly images: readonly { readonly similarity: number }[];
}

/** The vendor's largest distance: nobody is left out. */
const ANY_DISTANCE = 4;

/**
 * Enrols a person with one picture.
 *
 * @returns whether a face was found in it; if not, the person has no picture.
 */
export async function enrolPerson(server: RunningServer, name: string, file: string): Promise<boolean> {
  const person = await post<WirePerson>(server, '/api/persons', { name });
  if (!person.ok) throw new Error(`The server did not make a person: ${person.status}.`);
  const image = { content: await base64Of(file) };
  const added = await post(server, `/api/persons/${person.body.id}/images`, { image });
  // Failures of the picture are 400; anything else is a fault of the server.
  if (!added.ok && added.status !== 400)
    throw new Error(`The server did not take the picture of ${name}: ${added.status}.`);
  return added.ok;
}

/** The persons who look most like the central face of a picture, best first; nobody when there is no face. */
export async function searchPersons(
  server: RunningServer,
  file: string,
  limit: number,
): Promise<FoundPerson[]> {
  const image = { content: await base64Of(file) };
  const answer = await post<{ persons?: readonly WirePerson[] }>(server, '/api/search', {
    image,
    limit,
    threshold: ANY_DISTANCE,
  });
  if (!answer.ok || !answer.body.persons) throw new Error(`The server did not search: ${answer.status}.`);
  return answer.body.persons.map(({ name, images: [nearest] }) => ({
    name,
    similarity: nearest?.similarity ?? Number.NaN,
  }));
}

const base64Of = (file: string): Promise<string> => readFile(file, 'base64');

async function post<Body>(server: RunningServer, path: string, payload: object) {
  const answer = await fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payload),
  });
  return { ok: answer.ok, status: answer.status, body: (await answer.json()) as Body };
}
