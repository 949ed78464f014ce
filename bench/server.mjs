// `npm run bench:server [measure…]` compares the server with what else would stand between a browser and
// a zone, or a screen, side by side in one run. It needs `wrk`, `nginx` and `websockify` (Debian packages).
// The measures are the files of `bench/server/`.
import { measureAll } from './measures.mjs'

await measureAll('server')
