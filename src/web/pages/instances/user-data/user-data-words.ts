import { useLingui } from '@lingui/react/macro'

import {
  systemReads,
  userDataKind,
  type UserDataKind,
  type UserDataSystem,
} from '#contract/user-data/systems.ts'

/** What a text is, or how to begin one, for what reads it. */
export function useUserDataWords(): (text: string, system: UserDataSystem) => string {
  const { t } = useLingui()
  const cloudInitStart = t`Start with #cloud-config, or with #! for a script.`
  const notCloudInit = t`The first line isn’t #cloud-config or #!, so cloud-init may ignore this.`
  const notIgnition = t`This isn’t an Ignition file, which is JSON with an ignition object.`
  const starts: Record<UserDataSystem, string> = {
    'cloud-init': cloudInitStart,
    unknown: cloudInitStart,
    windows: t`Start with #ps1_sysnative for PowerShell, rem cmd for commands, or #cloud-config.`,
    flatcar: t`Enter an Ignition file (JSON), or start with #cloud-config or #!.`,
    coreos: t`Enter an Ignition file (JSON).`,
    talos: t`Enter a Talos configuration (YAML).`,
  }
  const kinds: Partial<Record<UserDataKind, string>> = {
    'cloud-config': t`Detected: cloud-config file`,
    archive: t`Detected: cloud-config archive`,
    'json-patch': t`Detected: JSON patch for cloud-config`,
    jinja: t`Detected: Jinja template`,
    script: t`Detected: script that runs once at first boot`,
    boothook: t`Detected: script that runs early at each boot`,
    include: t`Detected: list of URLs to load`,
    'part-handler': t`Detected: part handler (Python)`,
    multipart: t`Detected: multipart archive`,
    ignition: t`Detected: Ignition file`,
    talos: t`Detected: Talos configuration`,
    powershell: t`Detected: PowerShell script`,
    batch: t`Detected: Windows command script`,
    'tagged-script': t`Detected: script for Windows`,
  }
  /** What is known, but isn't for this system. */
  const others: Partial<Record<UserDataKind, string>> = {
    'cloud-config': t`This is a cloud-config file, which this operating system doesn’t read.`,
    script: t`This is a script, which this operating system doesn’t run from user data.`,
    ignition: t`This is an Ignition file, which this operating system doesn’t read.`,
    butane: t`This is a Butane file. Convert it to Ignition with butane first.`,
    talos: t`This is a Talos configuration, which this operating system doesn’t read.`,
    powershell: t`This is a PowerShell script, which this operating system doesn’t run.`,
    batch: t`This is a Windows command script, which this operating system doesn’t run.`,
    'tagged-script': t`This is a Windows script, which this operating system doesn’t run.`,
    'broken-json': t`This isn’t valid JSON, so Ignition can’t read it.`,
  }
  const unknown: Record<UserDataSystem, string> = {
    'cloud-init': notCloudInit,
    unknown: notCloudInit,
    windows: t`The first line isn’t #ps1_sysnative, rem cmd, #cloud-config or #!, so cloudbase-init may ignore this.`,
    flatcar: notIgnition,
    coreos: notIgnition,
    talos: t`This isn’t a Talos configuration, which is YAML.`,
  }
  return (text, system) => {
    const kind = userDataKind(text, system)
    if (kind === 'empty') return starts[system]
    if (systemReads(system, kind)) return kinds[kind] ?? unknown[system]
    return others[kind] ?? unknown[system]
  }
}

/** The name of the field. */
export function useUserDataLabel(system: UserDataSystem): string {
  const { t } = useLingui()
  const plain = system === 'flatcar' || system === 'coreos' || system === 'talos'
  return plain ? t`User data` : t`cloud-init user data`
}
