import { expect, test } from 'vitest'

import {
  packingOf,
  systemReads,
  userDataKind,
  userDataSystem,
  type UserDataSystem,
} from './systems.ts'

test.each([
  [{ family: 'flatcar', name: 'Flatcar Container Linux 64-bit' }, 'flatcar'],
  [{ name: 'our flatcar, hardened' }, 'flatcar'],
  [{ family: 'fedora', name: 'Fedora CoreOS 44' }, 'coreos'],
  [{ family: 'coreos', name: 'stable' }, 'coreos'],
  [{ family: 'fedora', name: 'Linux Fedora 44 64-bit' }, 'cloud-init'],
  [{ family: 'talos', name: 'Talos Linux 64-bit' }, 'talos'],
  [{ family: 'windows', name: 'Windows Server 2025' }, 'windows'],
  [{ family: 'ubuntu', name: 'Linux Ubuntu 24.04' }, 'cloud-init'],
  [undefined, 'unknown'],
] as const)('user data of %j is read by %s', (template, system) => {
  expect(userDataSystem(template)).toBe(system)
})

const ignition = '{ "ignition": { "version": "3.4.0" } }'
const talos = 'version: v1alpha1\nmachine:\n  type: worker\n'
const butane = 'variant: flatcar\nversion: 1.1.0\n'

test.each<[UserDataSystem, string, string, boolean]>([
  ['flatcar', ignition, 'ignition', true],
  ['flatcar', `\n  ${ignition}`, 'ignition', true],
  ['flatcar', '{ "ignition": {', 'broken-json', false],
  ['flatcar', '{}', 'unknown', false],
  ['flatcar', butane, 'butane', false],
  ['flatcar', '#cloud-config\n', 'cloud-config', true],
  ['flatcar', '#!/bin/bash\n', 'script', true],
  ['coreos', ignition, 'ignition', true],
  ['coreos', '#cloud-config\n', 'cloud-config', false],
  ['talos', talos, 'talos', true],
  ['talos', `# made by talosctl\n${talos}`, 'talos', true],
  ['talos', 'machine: # of ours\n  type: worker', 'talos', true],
  ['talos', 'apiVersion: v1alpha1\nkind: SideroLinkConfig\n', 'talos', true],
  ['talos', '#cloud-config\n', 'cloud-config', false],
  ['talos', ignition, 'ignition', false],
  ['talos', 'hello', 'unknown', false],
  ['windows', '#ps1_sysnative\nGet-Date', 'powershell', true],
  ['windows', '#ps1_x86\nGet-Date', 'powershell', true],
  ['windows', '#ps1\nGet-Date', 'powershell', true],
  ['windows', 'REM cmd\ndir', 'batch', true],
  ['windows', '<powershell>\nGet-Date\n</powershell>', 'tagged-script', true],
  ['windows', '#cloud-config\n', 'cloud-config', true],
  ['windows', '#Cloud-config\n', 'unknown', false],
  ['windows', '\n#!/bin/sh', 'unknown', false],
  ['windows', 'Content-Type: multipart/mixed; boundary=x\n', 'multipart', true],
  ['windows', '#cloud-boothook\n', 'boothook', false],
  ['cloud-init', '#cloud-config\n', 'cloud-config', true],
  ['cloud-init', '\n#Cloud-Config\n', 'cloud-config', true],
  ['cloud-init', ignition, 'ignition', false],
  ['cloud-init', talos, 'talos', false],
  ['cloud-init', butane, 'butane', false],
  ['cloud-init', '#ps1\nGet-Date', 'powershell', false],
  ['cloud-init', 'hello', 'unknown', false],
  ['cloud-init', '\ufeff#cloud-config\n', 'unknown', false],
  ['coreos', ' \n', 'empty', true],
])('to %s, %j is %s', (system, text, kind, isRead) => {
  expect(userDataKind(text, system)).toBe(kind)
  expect(systemReads(system, userDataKind(text, system))).toBe(isRead)
})

test('Ignition and Talos are never packed, though the template is not known', () => {
  const script = '#!/bin/sh'
  for (const system of ['flatcar', 'coreos', 'talos'] as const)
    for (const text of [ignition, talos, script])
      expect(packingOf(text, system)).toBe('never')
  for (const text of [ignition, talos, butane, '{ "ignition": {'])
    expect(packingOf(text, 'unknown')).toBe('never')
  expect(packingOf(script, 'unknown')).toBe('needed')
  expect(packingOf(script, 'windows')).toBe('needed')
  expect(packingOf(script, 'cloud-init')).toBe('useful')
})
