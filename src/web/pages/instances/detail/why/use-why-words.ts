/** Says what each check of an instance is about and what it has found. */
import { useLingui } from '@lingui/react/macro'

import type { Openness } from '#contract/access/openness.ts'

import { formatAge, formatDateTime, formatList } from '../../../../components/format.ts'
import { endOf } from '../../../../components/operation-outcome.ts'
import { useEndpointWords } from '../../../../components/operation-words.ts'
import { zoneCity } from '../../../../components/zone-city.ts'
import { momentWords } from '../../../../console/lens/explain-words.ts'
import { useInstance } from '../instance-context.ts'
import type { LastChange, SeenScreen, WhyCheck } from './why-checks.ts'

/** `more` is a sentence of its own. */
type Words = { title: string; text: string; more?: string }
type Of<C extends WhyCheck['check']> = Extract<WhyCheck, { check: C }>

const sourcesMost = 3

function useStateWords(): (check: Of<'state'>) => Words {
  const { t } = useLingui()
  return ({ state }) => {
    switch (state) {
      case 'running':
        return {
          title: t`The instance is running`,
          text: t`Exoscale reports that the instance is running.`,
        }
      case 'stopped':
        return {
          title: t`The instance is stopped`,
          text: t`A stopped instance doesn’t respond. Start it to use it.`,
        }
      case 'error':
        return {
          title: t`The instance is in an error state`,
          text: t`The operating system probably isn’t running. Contact Exoscale support with the ID of the instance.`,
        }
      case 'starting':
        return {
          title: t`The instance is starting`,
          text: t`The instance responds when its operating system has started.`,
        }
      case 'stopping':
        return {
          title: t`The instance is stopping`,
          text: t`Start the instance again when it has stopped.`,
        }
      case 'migrating':
        return {
          title: t`The instance is moving to another host`,
          text: t`The instance may not respond until this is done.`,
        }
      default:
        return {
          title: t`The instance isn’t running`,
          text: t`The state of the instance is “${state}”.`,
        }
    }
  }
}

function useScreenWords(): (check: Of<'screen'>, now: number) => Words {
  const { t } = useLingui()
  const seenWords = ({ found }: SeenScreen): Words => {
    if (found === 'graphics')
      return {
        title: t`The screen is graphical`,
        text: t`Vedette can read only text screens. Open the console to see what it shows.`,
      }
    if (found === 'text')
      return {
        title: t`The screen shows nothing that Vedette recognizes`,
        text: t`Open the console to see what it shows.`,
      }
    const { title, meaning } = momentWords[found.moment]
    const shown = t(title)
    return { title: t`Screen: ${shown}`, text: t(meaning) }
  }
  return ({ seen, verdict }, now) => {
    if (seen) {
      const { title, text } = seenWords(seen)
      const age = formatAge(seen.at, now)
      return { title, text, more: t`Seen ${age}.` }
    }
    if (verdict === 'reading')
      return { title: t`Checking the screen…`, text: t`This takes a few seconds.` }
    return {
      title: t`The screen hasn’t been checked yet`,
      text: t`A screenshot shows whether the operating system has started.`,
    }
  }
}

/** Who can connect, as one sentence for a service such as `SSH (TCP 22)`. */
function useOpennessWords(): (found: Openness, service: string) => Words {
  const { t } = useLingui()
  const sourcesOf = (sources: readonly string[]) => {
    const shown = sources.slice(0, sourcesMost)
    return formatList(sources.length > sourcesMost ? [...shown, '…'] : shown)
  }
  return (found, service) => {
    switch (found.to) {
      case 'anyone': {
        const [family, other] = found.families
        const title = t`The firewall allows ${service}`
        if (other !== undefined || family === undefined)
          return { title, text: t`Anyone can connect.` }
        return { title, text: t`Anyone can connect over IPv${family}.` }
      }
      case 'you': {
        const sources = sourcesOf(found.sources)
        return {
          title: t`The firewall allows ${service} from your IP address`,
          text: t`Allowed sources: ${sources}.`,
        }
      }
      case 'others': {
        const sources = sourcesOf(found.sources)
        return {
          title: t`The firewall blocks ${service} from your IP address`,
          text: t`Only these sources are allowed: ${sources}.`,
        }
      }
      case 'some': {
        const sources = sourcesOf(found.sources)
        return {
          title: t`The firewall allows ${service} from some sources only`,
          text: t`Check whether you connect from one of these: ${sources}.`,
        }
      }
      case 'no-one':
        return {
          title: t`The firewall blocks ${service}`,
          text: t`No security group of the instance allows it, so no one can connect.`,
        }
      case 'unknown':
        return {
          title: t`Unknown whether the firewall allows ${service}`,
          text: t`Vedette couldn’t read all security groups of the instance.`,
        }
    }
  }
}

function useChangeWords(): (check: Of<'change'>) => Words {
  const { t } = useLingui()
  const endpointWords = useEndpointWords()
  const doneWords = (change: LastChange) => {
    // An event says what Exoscale did with the request, and not how that ended.
    if (change.what === 'event')
      return (change.event.status ?? 200) < 400
        ? t`Exoscale accepted the request.`
        : t`Exoscale rejected the request.`
    return {
      running: t`In progress.`,
      failed: t`The change failed.`,
      'timed-out': t`The change timed out.`,
      done: t`The change succeeded.`,
      unknown: t`Whether the change succeeded is unknown.`,
    }[endOf(change.operation)]
  }
  return ({ change, verdict }) => {
    if (change && verdict === 'unknown') {
      const moment = formatDateTime(change.at)
      return {
        title: t`Changes unknown`,
        text: t`Vedette couldn’t read Exoscale’s events. The last change in Vedette was on ${moment}.`,
      }
    }
    if (!change)
      return verdict === 'passed'
        ? {
            title: t`No change on record`,
            text: t`Nothing that could stop the instance from responding was changed in the last 30 days.`,
          }
        : {
            title: t`Changes unknown`,
            text: t`Vedette couldn’t read the history of the instance.`,
          }
    const what = endpointWords(
      change.what === 'operation' ? change.operation.endpoint : change.event.handler,
    )
    const { by } = change
    const moment = formatDateTime(change.at)
    const done = doneWords(change)
    return {
      title: t`Last change: ${what}`,
      text: by ? t`By ${by}, ${moment}.` : t`On ${moment}.`,
      more: done,
    }
  }
}

/** What is known of one check: a title, and a sentence that explains it. */
export function useWhyWords(): (check: WhyCheck, now: number) => Words {
  const { t } = useLingui()
  const { row } = useInstance()
  const stateWords = useStateWords()
  const screenWords = useScreenWords()
  const opennessWords = useOpennessWords()
  const changeWords = useChangeWords()
  const city = zoneCity(row.zone)
  const otherWords = (one: Of<'zone' | 'rescue' | 'address'>): Words => {
    const isPassed = one.verdict === 'passed'
    if (one.check === 'zone')
      return isPassed
        ? { title: t`${city} responds`, text: t`What is shown here is current.` }
        : {
            title: t`${city} isn’t responding`,
            text: t`What is shown here may be old, and changes aren’t possible.`,
          }
    if (one.check === 'rescue') {
      if (isPassed)
        return {
          title: t`Rescue mode is off`,
          text: t`As far as Vedette knows, the instance runs its own operating system.`,
        }
      return one.verdict === 'cause'
        ? {
            title: t`The instance is in rescue mode`,
            text: t`In rescue mode, the instance doesn’t run its own operating system.`,
          }
        : {
            title: t`Unknown whether the instance is in rescue mode`,
            text: t`Vedette couldn’t read the history of the instance.`,
          }
    }
    const { address } = one
    if (address)
      return {
        title: t`The instance has a public IP address`,
        text: t`Connect to ${address}.`,
      }
    return one.verdict === 'cause'
      ? {
          title: t`The instance has no public IP address`,
          text: t`Connect through a private network or use the console.`,
        }
      : {
          title: t`Unknown whether the instance has a public IP address`,
          text: t`The zone didn’t return it.`,
        }
  }
  const subjects = {
    zone: city,
    state: t`State`,
    rescue: t`Rescue mode`,
    address: t`Public IP address`,
    firewall: t`Security groups`,
    change: t`Last change`,
  }
  return (check, now) => {
    if (check.check !== 'screen' && check.verdict === 'reading')
      return { title: subjects[check.check], text: t`Checking…` }
    switch (check.check) {
      case 'state':
        return stateWords(check)
      case 'screen':
        return screenWords(check, now)
      case 'firewall': {
        const { name, port } = check.way
        return opennessWords(check.openness, `${name} (TCP ${port})`)
      }
      case 'change':
        return changeWords(check)
      default:
        return otherWords(check)
    }
  }
}
