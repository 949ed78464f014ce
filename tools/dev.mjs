// Vite with hot reload in front of the server and its sandbox, both restarted on a change.
import { spawn } from 'node:child_process'

import { bin, install } from './install.mjs'

await install('test')
const children = [
  spawn(bin('tsx'), ['watch', 'src/main.ts'], { stdio: 'inherit' }),
  spawn(bin('vite'), [], { stdio: 'inherit' }),
]
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => children.forEach((child) => child.kill(signal)))
}
for (const child of children) {
  child.on('exit', (code) => {
    children.forEach((other) => other.kill())
    process.exitCode ??= code ?? 0
  })
}
