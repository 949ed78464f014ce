import { build, install } from './install.mjs'

await install('run')
await build({ force: true })
