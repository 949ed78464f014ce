// `npm run bench:console [measure…]` measures what an instance's screen costs and how fast
// it is. It prints one line for each figure: the number of its row in
// docs/performance.md#the-console, what, figure, limit, verdict. The measures are the files of
// `bench/console/`. Ratios are from one run of one measure.
import { measureAll } from './measures.mjs'

await measureAll('console')
