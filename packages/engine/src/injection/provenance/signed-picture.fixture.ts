import { execFileSync } from 'node:child_process';
import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WasmBuilder } from '@contentauth/c2pa-wasm';
import { BlobOfBytes } from './blob-of-bytes.ts';

const DIGITAL_SOURCE = 'http://cv.iptc.org/newscodes/digitalsourcetype/';

/** The JPEG with a C2PA manifest, signed by a certificate made for the occasion. The reader must have been opened. */
export async function signedPicture(
  jpeg: Uint8Array,
  source: 'trainedAlgorithmicMedia' | 'digitalCapture',
): Promise<Uint8Array> {
  const signer = makeSigner();
  const definition = {
    claim_generator_info: [{ name: 'test', version: '1' }],
    format: 'image/jpeg',
    assertions: [
      {
        label: 'c2pa.actions.v2',
        data: { actions: [{ action: 'c2pa.created', digitalSourceType: DIGITAL_SOURCE + source }] },
      },
    ],
  };
  const settings = { verify: { verify_after_sign: false }, builder: { thumbnail: { enabled: false } } };
  const builder = WasmBuilder.fromJson(JSON.stringify(definition), JSON.stringify(settings));
  const reserveSize = 10_000;
  const signing = {
    alg: 'es256',
    reserveSize,
    sign: async (claim: Uint8Array) => coseSign1(claim, { ...signer, reserveSize }),
  };
  return builder.sign(signing, 'image/jpeg', new BlobOfBytes(jpeg));
}

interface Signer {
  readonly privateKeyPem: string;
  /** DER, the signer's own first. */
  readonly chain: readonly Uint8Array[];
}

function makeSigner(): Signer {
  const folder = mkdtempSync(join(tmpdir(), 'facegate-signer-'));
  const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' });
  const write = (name: string, extensions: string) =>
    writeFileSync(
      join(folder, name),
      `[req]\ndistinguished_name=dn\nx509_extensions=v3\nprompt=no\n[dn]\nCN=${name}\nO=test\n[v3]\nsubjectKeyIdentifier=hash\n${extensions}`,
    );
  write('root', 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n');
  write(
    'signer',
    'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,emailProtection\nauthorityKeyIdentifier=keyid\n',
  );
  for (const name of ['root', 'signer'])
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', `${name}.key`);
  openssl('req', '-x509', '-key', 'root.key', '-config', 'root', '-days', '2', '-out', 'root.pem');
  openssl('req', '-new', '-key', 'signer.key', '-config', 'signer', '-out', 'signer.csr');
  const issue = '-req -in signer.csr -CA root.pem -CAkey root.key -CAcreateserial -days 1 -extensions v3';
  openssl('x509', ...issue.split(' '), '-extfile', 'signer', '-out', 'signer.pem');
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const chain = ['signer.pem', 'root.pem'].map((name) => new X509Certificate(read(name)).raw);
  return { privateKeyPem: read('signer.key'), chain };
}

/** @source RFC 9052, filled up to the size that was reserved. */
function coseSign1(
  payload: Uint8Array,
  { privateKeyPem, chain, reserveSize }: Signer & { readonly reserveSize: number },
): Uint8Array<ArrayBuffer> {
  const certificates = [head(4, chain.length), ...chain.flatMap(bytes)];
  const protectedHeader = Buffer.concat([head(5, 2), head(0, 1), head(1, 6), head(0, 33), ...certificates]);
  const toBeSigned = [
    head(4, 4),
    ...text('Signature1'),
    ...bytes(protectedHeader),
    ...bytes(Buffer.alloc(0)),
  ];
  const key = createPrivateKey(privateKeyPem);
  const signature = sign('sha256', Buffer.concat([...toBeSigned, ...bytes(payload)]), {
    key,
    dsaEncoding: 'ieee-p1363',
  });
  const assemble = (padding: number): Buffer =>
    Buffer.concat([
      Buffer.from([0xd2, 0x84]),
      ...bytes(protectedHeader),
      head(5, 1),
      ...text('pad'),
      ...bytes(Buffer.alloc(padding)),
      Buffer.from([0xf6]),
      ...bytes(signature),
    ]);
  const guess = reserveSize - assemble(1000).length + 1000;
  return Uint8Array.from(assemble(guess));
}

/** CBOR: the head of an item of a major type. */
function head(major: number, value: number): Buffer {
  const type = major << 5;
  if (value < 24) return Buffer.from([type | value]);
  if (value < 256) return Buffer.from([type | 24, value]);
  return Buffer.from([type | 25, value >> 8, value & 255]);
}

const bytes = (data: Uint8Array): Uint8Array[] => [head(2, data.length), data];

const text = (words: string): Uint8Array[] => [head(3, words.length), Buffer.from(words)];
