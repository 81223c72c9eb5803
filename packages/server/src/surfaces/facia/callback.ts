import type { CaseEvent, NoticeFormat, Sign } from '../../domain/callbacks/callback.ts';
import { TYPES } from './translate/types.data.ts';

/** The vendor's events, and the status that /result has by then. Only liveness has events of its own. */
const EVENTS = {
  submitted: { event: 'request.initiated', status: null },
  accepted: { event: 'liveness.accepted', status: 1 },
  declined: { event: 'liveness.rejected', status: 0 },
  failed: { event: 'liveness.rejected', status: 0 },
} as const satisfies Record<CaseEvent, { readonly event: string; readonly status: 0 | 1 | null }>;

/** A callback with the vendor's events; body and headers are ours. */
export const toCallback: NoticeFormat = (notice, { sign, signPrevious, at }) => {
  const { event, status } = EVENTS[notice.event];
  const body = JSON.stringify({
    event,
    reference_id: notice.reference,
    client_reference: notice.clientReference ?? null,
    type: TYPES[notice.kind],
    status,
  });
  const timestamp = `${Math.floor(at.getTime() / 1000)}`;
  const signed = { body, stamped: `${notice.id}.${timestamp}.${body}` };
  return {
    body,
    headers: {
      'x-delivery-id': notice.id,
      'x-timestamp': timestamp,
      ...signatures(sign, signed),
      ...(signPrevious && signatures(signPrevious, signed, '-previous')),
    },
  };
};

interface Signed {
  readonly body: string;
  /** The body, behind what is new in each attempt. */
  readonly stamped: string;
}

const signatures = (sign: Sign, { body, stamped }: Signed, suffix = '') => ({
  [`x-signature${suffix}`]: `sha256=${sign(body)}`,
  [`x-timestamp-signature${suffix}`]: `sha256=${sign(stamped)}`,
});
