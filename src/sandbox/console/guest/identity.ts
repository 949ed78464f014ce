/**
 * Writes the archive with a guest's name, users and user data, which the guest requests at every
 * boot.
 */
import type { MachineSpec } from '../machine.ts'
import { secureBootAvailable } from '../qemu/firmware.ts'
import { tpmAvailable } from '../qemu/tpm.ts'
import { cpio, file, folder, type CpioEntry } from './cpio.ts'
import { readUserData, type Facts, type UserData } from './user-data.ts'

/** A guest's maximum memory and processors, whatever its instance type. */
const maxMemoryMib = 1024
const maxCpus = 4
/** The graphical installer unpacks itself into memory: it uses 600 MB before its first page. */
const maxInstallerMib = 2048

export const memoryMib = ({ memoryBytes, installer }: MachineSpec) =>
  Math.min(Math.floor(memoryBytes / 2 ** 20), installer ? maxInstallerMib : maxMemoryMib)
export const cpusOf = ({ cpus }: MachineSpec) => Math.min(cpus, maxCpus)

/** The archive for one boot of this machine. */
export function identityOf(spec: MachineSpec, rescue = false): Buffer {
  const data = rescue ? {} : readUserData(spec.userData, factsOf(spec))
  const user = userOf(spec)
  const home = user === 'root' ? '/root' : `/home/${user}`
  return cpio([
    file('etc/hostname', `${hostname(data.hostname ?? spec.name)}\n`),
    file(
      'etc/issue',
      `${(rescue ? rescueBanner(spec) : banner(spec, user)).join('\n')}\n\n`,
    ),
    file('etc/motd', data.motd ?? defaultMotd),
    file('etc/passwd', `root:x:0:0:root:/root:/bin/sh\n${otherUser(user, home)}`),
    file('etc/group', `root:x:0:\ntty:x:5:\n${user === 'root' ? '' : `${user}:x:1000:\n`}`),
    file('etc/shadow', shadow(spec, user), 0o600),
    folder('run/identity', 0o700),
    // Its mode becomes that of `/`, over which it is copied.
    folder('run/identity/files', 0o755),
    ...(spec.password === undefined
      ? []
      : [file('run/identity/password', spec.password, 0o600)]),
    file('run/identity/keys', (spec.sshKeys ?? []).map((key) => `${key}\n`).join('')),
    ...(data.each === undefined ? [] : [file('run/identity/each', data.each, 0o700)]),
    ...(data.once === undefined ? [] : [file('run/identity/once', data.once, 0o700)]),
    ...filesOf(data),
    ...(rescue ? [] : [file('run/identity/settle', settle(user, home, data))]),
  ])
}

/** What templates in user data know, by cloud-init's names. */
const factsOf = ({ instanceId, name, zone }: MachineSpec): Facts => ({
  instance_id: instanceId,
  local_hostname: hostname(name),
  availability_zone: zone,
  region: zone,
  cloud_name: 'exoscale',
  cloud_id: 'exoscale',
  platform: 'exoscale',
})

const defaultMotd = `
This instance of the sandbox runs Debian's kernel and BusyBox. It has no network.
Files under /home and /root are saved on its disk.

`

const otherUser = (user: string, home: string) =>
  user === 'root' ? '' : `${user}:x:1000:1000:${user}:${home}:/bin/sh\n`

// Without a password in the API, the login asks for none: it protects nothing, and visitors of
// the sandbox have no key to log in with.
function shadow(spec: MachineSpec, user: string): string {
  const hash = spec.password === undefined ? '' : '*'
  const line = (name: string) => `${name}:${hash}:19000:0:99999:7:::\n`
  return [...new Set([user, 'root'])].map(line).join('')
}

function banner(spec: MachineSpec, user: string): string[] {
  const capped = [
    ...(memoryMib(spec) < Math.floor(spec.memoryBytes / 2 ** 20)
      ? [`${maxMemoryMib} MiB of ${gib(spec.memoryBytes)} GiB memory`]
      : []),
    ...(cpusOf(spec) < spec.cpus ? [`${maxCpus} of ${spec.cpus} vCPUs`] : []),
  ]
  const login =
    spec.password === undefined
      ? `Log in as ${user}. No password needed.`
      : `Log in as ${user}.`
  return [
    '',
    `Minimal Linux (Debian kernel, BusyBox) instead of ${spec.templateName}.`,
    ...(capped.length > 0 ? [`Limited by the sandbox to ${capped.join(' and ')}.`] : []),
    ...(spec.secureBoot && !secureBootAvailable()
      ? ['Secure boot is off because ovmf is not installed on the sandbox host.']
      : []),
    ...(spec.tpm && !tpmAvailable()
      ? ['TPM is off because swtpm is not installed on the sandbox host.']
      : []),
    login,
  ].map(plain)
}

const rescueBanner = (spec: MachineSpec) =>
  [
    '',
    `Rescue mode, booted from the network. The disk of ${spec.name} is /dev/vda (not mounted).`,
    'To mount it: mount /dev/vda /mnt',
  ].map(plain)

const gib = (bytes: number) => Math.round(bytes / 2 ** 30)

// getty fills in what follows a backslash or a percent sign.
const plain = (text: string) => text.replace(/[^ -~]|[\\%]/g, '?').slice(0, 200)

/** A host name of the letters that host names have. */
export const hostname = (name: string) =>
  name
    .replace(/[^A-Za-z0-9.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 63) || 'localhost'

/** A username that needs no quotes anywhere. */
export const userOf = ({ defaultUser }: MachineSpec) =>
  /^[A-Za-z_][A-Za-z0-9_-]{0,30}$/.test(defaultUser) ? defaultUser : 'root'

function filesOf({ files = [] }: UserData): CpioEntry[] {
  const folders = new Set<string>()
  const entries = files.map(({ path, content, mode }) => {
    const parts = path.split('/').slice(0, -1)
    parts.forEach((_, at) => folders.add(parts.slice(0, at + 1).join('/')))
    return file(`run/identity/files/${path}`, content, mode)
  })
  return [...[...folders].map((path) => folder(`run/identity/files/${path}`)), ...entries]
}

/** What to do in the guest once its disk is mounted. */
function settle(user: string, home: string, data: UserData): string {
  return `cd /run/identity
mkdir -p ${home}/.ssh
cp keys ${home}/.ssh/authorized_keys
chmod 700 ${home} ${home}/.ssh
chmod 600 ${home}/.ssh/authorized_keys
chown -R ${user}: ${home}
[ -f password ] && set-password ${user} <password && rm password
cp -a files/. /
${data.fault === undefined ? '' : `echo '${data.fault.replace(/[^ -~]|'/g, '?')}' >>/var/log/user-data.log\n`}(
[ -f each ] && ./each
# Once in the life of a disk, as cloud-init does.
if [ -f once ] && [ ! -f /mnt/.user-data-done ]; then
  touch /mnt/.user-data-done
  ./once
fi
) >>/var/log/user-data.log 2>&1 </dev/null &
`
}
