// `npm start` and `npm run sandbox`: make what is missing, then serve in this process.
import { build, install } from './install.mjs'

await install('run')
await build()
await import('../dist/server/main.js')
