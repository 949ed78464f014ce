// An nginx with one worker, as a plain proxy or for websockets.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { freePort } from '../../src/server/testing/free-port.ts'
import { found, listens, start } from './programs.mjs'

/** Starts it in front of a port; `port` is its own. */
export async function startNginx(upstream, { websocket = false, core } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-bench-nginx-'))
  const port = await freePort()
  const upgrade =
    'proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;'
  const config = `
    daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error warn;
    events { worker_connections 4096; }
    http {
      access_log off;
      client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
      fastcgi_temp_path ${folder}/fastcgi; uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
      upstream zone { server 127.0.0.1:${upstream}; keepalive 64; }
      server {
        listen 127.0.0.1:${port};
        keepalive_requests 1000000000;
        location / {
          proxy_pass http://zone; proxy_http_version 1.1;
          ${websocket ? upgrade : 'proxy_set_header Connection "";'}
        }
      }
    }`
  writeFileSync(join(folder, 'nginx.conf'), config)
  const program = start(found('nginx'), ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    core,
  })
  await listens(port)
  return {
    ...program,
    port,
    async stop() {
      await program.stop()
      rmSync(folder, { recursive: true })
    },
  }
}
