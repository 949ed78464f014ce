/** `GET /api/session` returns who is signed in, and how this server is set up. */
import type { Role } from './endpoints.ts'

export type Session = {
  person: { name: string; role: Role }
  /** True when the zones are simulated: the pages wear a frame and say so. */
  sandbox: boolean
  version: string
  consoleVia: 'direct' | 'relay'
  /** In sandbox mode, whether the screens are simulated or of real guests by now. */
  machines?: 'painted' | 'qemu' | undefined
}
