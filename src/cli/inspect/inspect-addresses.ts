import { STATELY_SOCKET_PATH } from '../../inspect/stately/stately-relay.ts';

/** Where the inspector is found; each holds the token. */
export interface InspectAddresses {
  readonly url: string;
  readonly port: number;
  readonly stately?: {
    /** Shows the loops in Stately's inspector. */
    readonly page: string;
    /** For any client of its protocol. */
    readonly socket: string;
  };
}

/** A page has the token in its fragment, which no browser sends; a WebSocket has no other place for it. */
export function inspectAddresses(facts: {
  readonly port: number;
  readonly token: string;
  readonly stately: boolean;
}): InspectAddresses {
  const { port, token } = facts;
  const place = `127.0.0.1:${port}`;
  return {
    ...{ url: `http://${place}/#token=${token}`, port },
    ...(facts.stately && {
      stately: {
        page: `http://${place}/stately#token=${token}`,
        socket: `ws://${place}${STATELY_SOCKET_PATH}?token=${token}`,
      },
    }),
  };
}
