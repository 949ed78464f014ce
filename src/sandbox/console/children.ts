/**
 * Starts every program that the sandbox runs, each with an environment of its own: what this process
 * was given contains secrets (EXOSCALE_API_SECRET, DATABASE_URL), and any program could print them.
 */
import {
  execFile,
  spawn,
  type ChildProcess,
  type ExecFileOptions,
  type SpawnOptions,
} from 'node:child_process'
import { promisify } from 'node:util'

/** What programs need to find others and their files. Nothing else is passed on. */
const passedOn = ['PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR']
/** What only downloads need; a proxy's address may contain a password. */
const forDownloads = [
  'APT_CONFIG',
  ...['http_proxy', 'https_proxy', 'no_proxy'].flatMap((name) => [
    name,
    name.toUpperCase(),
  ]),
]

/** The environment of a program, with these variables added. */
function environmentOf(
  program: string,
  more: Record<string, string> = {},
): NodeJS.ProcessEnv {
  const names = program.startsWith('apt-') ? [...passedOn, ...forDownloads] : passedOn
  const known = names.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(known), ...more }
}

const execute = promisify(execFile)

type RunOptions = Pick<ExecFileOptions, 'cwd' | 'timeout'> & {
  env?: Record<string, string>
}

/** Runs a program to its end; rejects where it fails. `env` are variables to add. */
export function run(
  program: string,
  words: string[],
  { env, ...options }: RunOptions = {},
): Promise<{ stdout: string; stderr: string }> {
  return execute(program, words, { ...options, env: environmentOf(program, env) })
}

/** Starts a program. One that can't be started ends at once; its errors end nothing else. */
export function start(
  program: string,
  words: string[],
  options: Pick<SpawnOptions, 'stdio'>,
): ChildProcess {
  const child = spawn(program, words, { ...options, env: environmentOf(program) })
  // Whoever waits for it sees that it has no number or has exited; an error without a listener would
  // end this process.
  const ignore = () => {}
  for (const part of [child, child.stdin, child.stdout, child.stderr])
    part?.on('error', ignore)
  return child
}
