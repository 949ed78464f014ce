/** Beginnings for cloud-config, each a part that stands beside the others. */
export const snippets = {
  user: `users:
  - default
  - name: ana
    groups: [sudo]
    shell: /bin/bash
    sudo: ALL=(ALL) NOPASSWD:ALL
    ssh_authorized_keys:
      - ssh-ed25519 AAAA… ana@example.net
`,
  packages: `package_update: true
packages:
  - nginx
  - htop
`,
  script: `runcmd:
  - [sh, -c, 'echo "first boot: $(date)" >> /root/first-boot.log']
`,
  greeting: `write_files:
  - path: /etc/motd
    content: |
      This instance is managed by …
`,
  mount: `mounts:
  - [/dev/vdb, /data, ext4, 'defaults,nofail', '0', '2']
`,
} as const

export type Snippet = keyof typeof snippets

/** The text with a part added; only cloud-config, or nothing yet, can take one. */
export function withSnippet(text: string, snippet: Snippet): string {
  const before = text.trim() === '' ? '#cloud-config\n' : text
  const gap = before.endsWith('\n') ? '' : '\n'
  return `${before}${gap}${snippets[snippet]}`
}
