// Runs a command quietly and shows what is being done: on a terminal as one line that counts the
// seconds, elsewhere as one line per step. The command's own output appears only when it fails.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** Shows what is being done until the returned function is called. */
export function show(words) {
  const { stdout } = process
  if (!stdout.isTTY) {
    console.log(words)
    return () => {}
  }
  const started = Date.now()
  const write = () => {
    const seconds = Math.round((Date.now() - started) / 1000)
    stdout.write(`\r\u001b[K${words} ${seconds} s`)
  }
  write()
  const timer = setInterval(write, 1000)
  return () => {
    clearInterval(timer)
    stdout.write('\r\u001b[K')
  }
}

/** Runs a command without a terminal and keeps what it prints. */
export function runQuietly(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (bytes) => (output += bytes))
    child.stderr.on('data', (bytes) => (output += bytes))
    child.on('error', (error) => resolve({ status: 1, output: error.message }))
    child.on('close', (status) => resolve({ status: status ?? 1, output }))
  })
}

/** Ends the program with what happened, what the command printed, and what to do. */
export function fail(happened, output, advice) {
  console.error(`${happened}\n\n${output.trim()}\n\n${advice}`)
  process.exit(1)
}
