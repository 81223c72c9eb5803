import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';

export interface DownloadOptions {
  /**
   * More is refused while it arrives.
   *
   * @default 67_108_864 (64 MiB)
   */
  readonly bytesMax?: number;
  /**
   * Silence on the line that counts as lost.
   *
   * @default 30_000
   */
  readonly idleMs?: number;
  /** How a connection is made; tests lead it to the loopback interface. */
  readonly open?: typeof get;
}

const REDIRECTS_MAX = 3;

/**
 * Fetches one public file over HTTPS.
 *
 * @throws Error when the address (or one it redirects to) is not `https:`, the answer is not 200, the body is larger
 *   than `bytesMax` or ends early, or the line falls silent.
 */
export async function download(address: string, options: DownloadOptions = {}): Promise<Uint8Array> {
  let url = httpsUrl(address);
  for (let hop = 0; hop <= REDIRECTS_MAX; hop++) {
    const answer = await openUrl(url, options);
    const next = redirectOf(answer, url);
    if (!next) return await readBody(answer, options.bytesMax ?? 64 * 1024 * 1024);
    answer.destroy();
    url = next;
  }
  throw new Error(`more than ${REDIRECTS_MAX} redirects`);
}

function httpsUrl(address: string, base?: URL): URL {
  const url = new URL(address, base);
  if (url.protocol !== 'https:') throw new Error(`${url.protocol}// is refused: only https is fetched`);
  return url;
}

function openUrl(url: URL, options: DownloadOptions): Promise<IncomingMessage> {
  const idleMs = options.idleMs ?? 30_000;
  return new Promise((resolve, reject) => {
    const request = (options.open ?? get)(url, { headers: { 'accept-encoding': 'identity' } }, resolve);
    request.once('error', reject);
    request.setTimeout(idleMs, () => request.destroy(new Error(`no answer for ${idleMs / 1000} s`)));
  });
}

function redirectOf(answer: IncomingMessage, from: URL): URL | undefined {
  const { statusCode = 0, headers } = answer;
  if (statusCode === 200) return undefined;
  if (statusCode >= 300 && statusCode < 400 && headers.location) return httpsUrl(headers.location, from);
  answer.destroy();
  throw new Error(`the server answered ${statusCode}`);
}

async function readBody(answer: IncomingMessage, bytesMax: number): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer) {
    bytes += part.length;
    if (bytes > bytesMax) {
      answer.destroy();
      throw new Error(`the file is larger than ${bytesMax} bytes`);
    }
    parts.push(part);
  }
  return Buffer.concat(parts, bytes);
}
