import type { CaseEvent, NoticeFormat } from '../../domain/callbacks/callback.ts';
import { TYPES } from './translate/types.data.ts';

/** The vendor's events, and the status that /result has by then. Only liveness has events of its own. */
const EVENTS = {
  submitted: { event: 'request.initiated', status: null },
  accepted: { event: 'liveness.accepted', status: 1 },
  declined: { event: 'liveness.rejected', status: 0 },
  failed: { event: 'liveness.rejected', status: 0 },
} as const satisfies Record<CaseEvent, { readonly event: string; readonly status: 0 | 1 | null }>;

/** A callback of the vendor; the last three headers are ours. */
export const toCallback: NoticeFormat = (notice, { sign, at }) => {
  const { event, status } = EVENTS[notice.event];
  const body = JSON.stringify({
    event,
    reference_id: notice.reference,
    client_reference: notice.clientReference ?? null,
    type: TYPES[notice.kind],
    status,
  });
  const timestamp = `${Math.floor(at.getTime() / 1000)}`;
  return {
    body,
    headers: {
      'x-signature': `sha256=${sign(body)}`,
      'x-delivery-id': notice.id,
      'x-timestamp': timestamp,
      'x-timestamp-signature': `sha256=${sign(`${notice.id}.${timestamp}.${body}`)}`,
    },
  };
};
