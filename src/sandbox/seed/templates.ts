/** Lists the templates that each zone of the sandbox offers. */
import { GIB } from '#contract/limits.ts'
import type { Template } from '#contract/types.ts'

import { stableId } from '../stable-id.ts'

type Line = [
  family: string,
  name: string,
  version: string,
  user: string,
  gib: number,
  uefi?: 1,
]

const lines: Line[] = [
  ['ubuntu', 'Linux Ubuntu 26.04 LTS 64-bit', '26.04', 'ubuntu', 10, 1],
  ['ubuntu', 'Linux Ubuntu 24.04 LTS 64-bit', '24.04', 'ubuntu', 10, 1],
  ['ubuntu', 'Linux Ubuntu 22.04 LTS 64-bit', '22.04', 'ubuntu', 10],
  ['debian', 'Linux Debian 13 (Trixie) 64-bit', '13', 'debian', 10, 1],
  ['debian', 'Linux Debian 12 (Bookworm) 64-bit', '12', 'debian', 10],
  ['rocky', 'Rocky Linux 10 64-bit', '10', 'rockylinux', 10, 1],
  ['rocky', 'Rocky Linux 9 64-bit', '9', 'rockylinux', 10],
  ['almalinux', 'AlmaLinux 10 64-bit', '10', 'almalinux', 11, 1],
  ['centos', 'Linux CentOS Stream 10 64-bit', '10', 'centos', 10, 1],
  ['fedora', 'Linux Fedora 44 64-bit', '44', 'fedora', 10, 1],
  ['opensuse', 'openSUSE Leap 16 64-bit', '16', 'opensuse', 10, 1],
  ['rhel', 'Red Hat Enterprise Linux 10 64-bit', '10', 'rhel', 20, 1],
  ['flatcar', 'Flatcar Container Linux 64-bit', 'stable', 'core', 11, 1],
  ['freebsd', 'FreeBSD 15 64-bit', '15', 'freebsd', 10],
  ['openbsd', 'OpenBSD 7.9 64-bit', '7.9', 'openbsd', 20],
  ['talos', 'Talos Linux 64-bit', '1.13', 'root', 10, 1],
  ['vyos', 'VyOS 1.5 64-bit', '1.5', 'vyos', 10],
  ['windows', 'Windows Server 2025', '2025', 'Administrator', 50, 1],
  ['windows', 'Windows Server 2022', '2022', 'Administrator', 50, 1],
  ['windows', 'Windows Server 2019', '2019', 'Administrator', 50],
]

const own: Line = ['ubuntu', 'shop-base 2026-10', '2026-10', 'ubuntu', 20, 1]

function template(zone: string, line: Line): Template {
  const [family, name, version, user, gib, uefi] = line
  return {
    id: stableId(`template ${zone} ${name}`),
    name,
    description: name,
    family,
    version,
    'created-at': '2026-08-11T09:30:00Z',
    'default-user': user,
    'boot-mode': uefi ? 'uefi' : 'legacy',
    size: gib * GIB,
    visibility: 'public',
    'ssh-key-enabled': family !== 'windows',
    'password-enabled': family === 'windows' || family === 'vyos',
    'application-consistent-snapshot-enabled': family === 'windows',
  }
}

const installerName = 'Debian installer 64-bit'

export const installerId = (zone: string) => stableId(`template ${zone} ${installerName}`)

/** Its release is that of the host's packages, which isn't known at this point. */
const installer = (zone: string): Template => ({
  id: installerId(zone),
  name: installerName,
  description:
    'The real graphical Debian installer, without a network. Needs 2 GiB of memory. The first instance downloads 130 MB.',
  family: 'debian',
  'created-at': '2026-08-11T09:30:00Z',
  'boot-mode': 'legacy',
  size: 10 * GIB,
  visibility: 'public',
  'ssh-key-enabled': false,
  'password-enabled': false,
  'application-consistent-snapshot-enabled': false,
})

/**
 * The templates of a zone, public ones first; ids differ per zone, as Exoscale's do
 * (docs/platform.md#zone-local-resources). The organization's own were created at `ownSince`.
 */
export function seedTemplates(
  zone: string,
  ownSince: string,
  withInstaller: boolean,
): Template[] {
  const ours = { 'created-at': ownSince, description: 'Shop image, ready to use' }
  return [
    ...lines.map((line) => template(zone, line)),
    ...(withInstaller ? [installer(zone)] : []),
    { ...template(zone, own), ...ours, visibility: 'private' },
  ]
}
