// Makes the three builds at the same time and compresses the one that browsers load. It runs as a
// process of its own, so that Vite is gone when the server starts.
import { build, loadConfigFromFile } from 'vite'

import { compress } from './compress.mjs'

const environment = { command: 'build', mode: 'production' }
process.env.NODE_ENV = 'production'
const loaded = await loadConfigFromFile(environment, 'vite.builds.config.ts')
const { web, server, firstPage } = loaded.config
const make = (config) => build({ ...config, configFile: false, logLevel: 'warn' })

await Promise.all([make(web).then(() => compress()), make(server), make(firstPage)])
