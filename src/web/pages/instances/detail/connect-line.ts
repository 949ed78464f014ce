import type { Template } from '#contract/types.ts'

type ConnectLine = { kind: 'ssh' | 'rdp'; text: string }

/** How to log in over the network, once template and IP address are known. */
export function connectLine(
  template: Template | undefined,
  address: string | undefined,
): ConnectLine | undefined {
  if (!template || !address) return undefined
  if (template.family === 'windows') return { kind: 'rdp', text: address }
  return { kind: 'ssh', text: `ssh ${template['default-user'] ?? 'root'}@${address}` }
}
