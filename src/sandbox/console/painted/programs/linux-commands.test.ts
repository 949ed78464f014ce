/** The shell of a simulated Linux: its commands and its completion. */
import { test } from 'vitest'

import type { TestViewer } from '../../../testing/test-viewer.ts'
import { aMachine, aZone } from '../../../testing/test-zone.ts'
import type { MachineSpec } from '../../machine.ts'

const tab = 0xff09

/** A viewer that is logged in at a machine with this spec, with a large screen. */
async function aShell(particulars: Partial<MachineSpec> = {}): Promise<TestViewer> {
  const { consoles, look } = await aZone()
  const machine = aMachine(particulars)
  await consoles.start(machine)
  const viewer = await look(machine.instanceId)
  await viewer.untilText('web-01 login:')
  viewer.type('ana\n\n')
  await viewer.untilText('ana@web-01:~$')
  viewer.type('clear\n')
  await viewer.until((one) => one.text().trim() === 'ana@web-01:~$')
  return viewer
}

test.each([
  ['lscpu', /CPU\(s\): +6$/m],
  ['cat /etc/hostname', /^web-01$/m],
  ['lsblk', /vda +70G disk/],
  ['free', /Mem: +8192 /],
  ['ip', /inet 198\.51\.100\.7/],
  ['dmesg', /x86\/cpu: 6 CPUs present/],
  ['systemctl status ssh', /Active: active \(running\)/],
  ['systemctl status nothing', /could not be found/],
  ['journalctl', /web-01 kernel:/],
  ['top', /MiB Mem : 8192 total/],
  ['ping 192.0.2.1', /no network/],
  ['nano readme.txt', /files can't be edited on a simulated screen/],
  ['man ls', /No manual entry for ls/],
  ['uptime', /up \d+ min/],
])('%s is answered from what the instance is', async (command, answer) => {
  const viewer = await aShell({
    cpus: 6,
    diskGib: 70,
    memoryBytes: 8 * 1024 ** 3,
    publicIp: '198.51.100.7',
  })

  viewer.type(`${command}\n`)

  await viewer.untilText(answer)
})

test('cd changes the folder, and the prompt shows it', async () => {
  const viewer = await aShell()

  viewer.type('ls\ncd /etc\n')
  await viewer.untilText(/^readme\.txt$/m)
  await viewer.untilText('ana@web-01:/etc$')
  viewer.type('cat ../etc/hostname\ncd nowhere\ncd\npwd\n')

  await viewer.untilText(/^web-01$/m)
  await viewer.untilText('cd: nowhere: No such file or directory')
  await viewer.untilText(/^\/home\/ana$/m)
})

test('Tab completes a command, or lists the possible ones', async () => {
  const viewer = await aShell()

  viewer.type('hostn')
  viewer.press(tab)
  viewer.type('\n')
  await viewer.untilText(/hostname *\nweb-01$/m)
  viewer.type('ls')
  viewer.press(tab)

  await viewer.untilText(/^ls {2}lsblk {2}lscpu$/m)
  await viewer.untilText(/\$ ls$/m)
})
