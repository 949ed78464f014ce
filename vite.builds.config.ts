import web from './vite.config.ts'
import firstPage from './vite.first-page.config.ts'
import server from './vite.server.config.ts'

/** The three builds of `tools/bundle.mjs`, in one module so that they share their plugins' work. */
export default { web, server, firstPage }
