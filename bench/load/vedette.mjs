// The built server, on which people sign in, in front of a zone.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { root } from '../../tools/install.mjs'
import { says, start } from './programs.mjs'

/** Starts it with a fresh file and signs an admin in; `cookie` is the session's. */
export async function startVedette(zonePort, { core, env = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-bench-'))
  const program = start(process.execPath, [join(root, 'dist/server/main.js')], {
    core,
    cwd: root,
    env: {
      PORT: '0',
      DATA_DIR: folder,
      SIGN_IN: 'local',
      EXOSCALE_API_ENDPOINT: `http://127.0.0.1:${zonePort}/v2`,
      EXOSCALE_API_KEY: 'EXObench',
      EXOSCALE_API_SECRET: 'bench',
      ...env,
    },
  })
  const link = new URL(await says(program, /(http:\S+#\S+)/))
  const response = await fetch(`${link.origin}/api/set-up`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-vedette': '1' },
    body: JSON.stringify({
      token: link.hash.slice(1),
      name: 'Ana',
      password: 'correct horse battery',
    }),
  })
  if (!response.ok) throw new Error(`It could not be set up: ${await response.text()}`)
  const [cookie] = response.headers.getSetCookie()[0].split(';')
  return {
    ...program,
    origin: link.origin,
    port: Number(link.port),
    cookie,
    async stop() {
      await program.stop()
      rmSync(folder, { recursive: true })
    },
  }
}
