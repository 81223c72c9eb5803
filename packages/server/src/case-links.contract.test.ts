import { drawPicture } from '@facegate/testkit';
import { describe, expect, it } from 'vitest';
import { openCasesNode } from './cases-under-test.contract.ts';
import type { ProofLink } from './domain/cases/cases.ts';
import { openLink } from './domain/cases/links.ts';
import type { AccountId } from './domain/enrolment/records.ts';
import { useStore } from './server-in-use.contract.ts';

const HERE = 'here/facia' as AccountId;
const ELSEWHERE = 'elsewhere/facia' as AccountId;
const START = Date.UTC(2030, 0, 1, 12, 0, 0, 400);

const store = useStore();
/** A decided case, a link to its picture, and a clock that stands still until it is told. */
async function decided() {
  let now = START;
  const node = await openCasesNode(store, { clock: { now: () => new Date(now) } });
  const bytes = await drawPicture([{ identity: 1, x: 60, y: 40 }]);
  const { reference } = await node.submit(HERE, {
    kind: 'injection',
    media: { probe: { bytes, type: 'image' } },
  });
  await node.examineNext();
  const link = await node.linkTo(HERE, reference, 'probe');
  const pass = (ms: number) => {
    now = START + ms;
  };
  return { node, reference, link, pass };
}

const given = ({ id, expiresAt, signature }: ProofLink) => ({
  id,
  expires: String(expiresAt.getTime() / 1000),
  signature,
});

describe('a link to a picture of a case', () => {
  it('is an id, an end 900 s away and a signature, and opens the picture', async () => {
    const { node, link } = await decided();
    expect(link.id).toMatch(/^[0-9a-f]{24}$/);
    expect(link.signature).toMatch(/^[0-9a-f]{64}$/);
    expect(link.expiresAt).toEqual(new Date(Date.UTC(2030, 0, 1, 12, 15, 0)));
    expect(await node.openLink(given(link))).toMatchObject({ contentType: 'image/jpeg' });
  });

  it('does not open with any of its characters changed', async () => {
    const { node, link } = await decided();
    const whole = given(link);
    for (const field of ['id', 'expires', 'signature'] as const) {
      for (let at = 0; at < whole[field].length; at++) {
        const other = whole[field][at] === '1' ? '2' : '1';
        const changed = whole[field].slice(0, at) + other + whole[field].slice(at + 1);
        expect(await node.openLink({ ...whole, [field]: changed })).toBeUndefined();
      }
    }
  });

  it('does not open in another spelling, shorter, longer, or empty', async () => {
    const { node, link } = await decided();
    const whole = given(link);
    const others = [
      { id: whole.id.toUpperCase() },
      { id: '' },
      { expires: `0${whole.expires}` },
      { expires: `${whole.expires}.0` },
      { expires: ` ${whole.expires}` },
      { expires: '99999999999999' },
      { signature: whole.signature.slice(2) },
      { signature: `${whole.signature}00` },
      { signature: `${whole.signature}\0` },
      { signature: '' },
    ];
    for (const other of others) {
      const isSame = Object.entries(other).every(([name, value]) => Reflect.get(whole, name) === value);
      if (!isSame) expect(await node.openLink({ ...whole, ...other })).toBeUndefined();
    }
  });

  it('is over when its time has come, to the millisecond', async () => {
    const { node, link, pass } = await decided();
    // The clock began 400 ms into a second.
    pass(899_599);
    expect(await node.openLink(given(link))).toMatchObject({ contentType: 'image/jpeg' });
    pass(899_600);
    expect(await node.openLink(given(link))).toBeUndefined();
  });

  it("is not made to another space's case, to nothing, or before there is something to show", async () => {
    const { node, reference } = await decided();
    const notFound = { code: 'not-found' };
    await expect(node.linkTo(ELSEWHERE, reference, 'probe')).rejects.toMatchObject(notFound);
    await expect(node.linkTo(HERE, reference, 'video')).rejects.toMatchObject(notFound);
    await expect(node.linkTo(HERE, 'NOTHING', 'probe')).rejects.toMatchObject(notFound);
  });

  it('dies with its case', async () => {
    const { node, reference, link } = await decided();
    await node.erase(HERE, reference, '');
    expect(await node.openLink(given(link))).toBe('gone');
  });

  it('opens on every node with the same key, and on none with another', async () => {
    const { node, link } = await decided();
    const other = { ...node.parts, linkKey: node.parts.keys.createDataKey() };
    expect(await openLink({ ...node.parts }, given(link))).toMatchObject({ contentType: 'image/jpeg' });
    expect(await openLink(other, given(link))).toBeUndefined();
  });
});
