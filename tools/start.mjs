// `npm start` and `npm run sandbox`: whatever is missing is made, then one process serves.
import { build, install } from './install.mjs'

install()
build()
await import('../dist/server/main.js')
