// noVNC's own way to show a screen. The installed package ships its modules and no page, so this is the
// smallest one that does what its `vnc_lite.html` does: a bar with a word and Ctrl-Alt-Del, the class
// on an element, scaled. Modules go out one by one, unbundled and as large as they are, as noVNC's own
// server sends them; browsers may keep them.
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join, normalize } from 'node:path'

import { root } from '../tools/install.mjs'

const novnc = join(root, 'node_modules', '@novnc', 'novnc')

const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>noVNC</title>
<style>
  body { margin: 0; background: dimgrey; height: 100%; display: flex; flex-direction: column }
  html { height: 100% }
  #bar { background: #6e84a3; color: white; font: bold 12px sans-serif; padding: 6px 5px 4px }
  #screen { flex: 1; overflow: hidden }
</style>
<script type="module">
  import RFB from './core/rfb.js'
  const say = (text) => { document.getElementById('status').textContent = text }
  say('Connecting')
  const { url } = await (await fetch('/ticket', { method: 'POST' })).json()
  const rfb = new RFB(document.getElementById('screen'), url)
  let name = ''
  rfb.addEventListener('connect', () => { say('Connected to ' + name); rfb.focus() })
  rfb.addEventListener('disconnect', () => say('Disconnected'))
  rfb.addEventListener('desktopname', ({ detail }) => { name = detail.name })
  rfb.viewOnly = false
  rfb.scaleViewport = true
  document.getElementById('send').onclick = () => rfb.sendCtrlAltDel()
</script></head>
<body><div id="bar"><div id="status">Loading</div><button id="send">Send CtrlAltDel</button></div>
<div id="screen"></div></body></html>`

/** Serves it; tickets are asked of our server, as our page does. */
export async function serveNovnc(app, { zone, id }) {
  const answer = async ({ url = '/', method }, response) => {
    const { pathname } = new URL(url, 'http://novnc')
    if (method === 'POST') {
      const path = `${app.url}/api/zones/${zone}/console/${id}`
      const headers = { origin: app.url, 'x-vedette': '1' }
      const ticket = await fetch(path, { method: 'POST', headers })
      return response.end(await ticket.text())
    }
    const file = join(novnc, normalize(pathname))
    if (/^\/(core|vendor)\//.test(pathname) && existsSync(file)) {
      response.setHeader('content-type', 'text/javascript')
      response.setHeader('cache-control', 'max-age=600')
      return response.end(readFileSync(file))
    }
    response.setHeader('content-type', 'text/html')
    response.end(
      pathname === '/vnc_lite.html' ? page : '<a href="/vnc_lite.html">Console</a>',
    )
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
