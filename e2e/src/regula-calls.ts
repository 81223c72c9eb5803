import type { RunningServer } from './server-process.ts';

/** An answer as it came over the wire. */
export interface WireAnswer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
  readonly elapsedMs: number;
}

export interface MatchBody {
  readonly code: number;
  readonly results?: readonly {
    readonly firstIndex: number;
    readonly secondIndex: number;
    readonly firstFaceIndex: number;
    readonly secondFaceIndex: number;
    readonly similarity: number;
    readonly score: number;
  }[];
  readonly detections?: readonly {
    readonly imageIndex: number;
    readonly status: number;
    readonly faces?: readonly { readonly roi: readonly number[] }[];
  }[];
}

export interface DetectBody {
  readonly code: number;
  readonly results?: {
    readonly detections: readonly {
      readonly roi: readonly number[];
      readonly landmarks: readonly (readonly number[])[];
    }[];
  };
}

export const match = (server: RunningServer, ...pictures: readonly Uint8Array[]) =>
  post<MatchBody>(server, '/api/match', {
    images: pictures.map((bytes, index) => ({ index, type: 3, detectAll: true, data: base64(bytes) })),
  });

export const detect = (server: RunningServer, picture: Uint8Array, faces: 'central' | 'all' = 'all') =>
  post<DetectBody>(server, '/api/detect', {
    image: base64(picture),
    processParam: { onlyCentralFace: faces === 'central' },
  });

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

async function post<Body>(server: RunningServer, path: string, payload: object): Promise<WireAnswer<Body>> {
  const started = performance.now();
  const answer = await fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payload),
  });
  const text = await answer.text();
  const body = (text === '' ? {} : JSON.parse(text)) as Body;
  return { status: answer.status, headers: answer.headers, body, elapsedMs: performance.now() - started };
}
