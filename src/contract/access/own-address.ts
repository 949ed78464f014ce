/**
 * Describes what the server knows of the address from which a person's browser reaches the
 * internet: `GET /api/own-address` returns an `OwnAddress`. It is only a suggestion for a rule, so
 * an address that may be another's is not told.
 */
export type OwnAddress =
  | { address: string; family: 4 | 6 }
  | {
      /**
       * `same-computer`: the browser runs beside the server. `local-network`: both are in one network,
       * whose addresses the internet doesn't show. `proxy`: the server sees a proxy's address.
       */
      why: 'same-computer' | 'local-network' | 'proxy'
    }
