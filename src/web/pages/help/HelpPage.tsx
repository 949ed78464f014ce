import { Trans, useLingui } from '@lingui/react/macro'

import { Card } from '../../ui/Card.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { KeyValue, Pair } from '../../ui/KeyValue.tsx'

function Keys() {
  const { t } = useLingui()
  const keys: [keys: string[], words: string][] = [
    [['/'], t`Search the instances`],
    [['↑', '↓', '←', '→'], t`Move in the list`],
    [['Page ↑', 'Page ↓'], t`Ten rows up or down`],
    [['Ctrl', 'Home'], t`First row; with End, the last`],
    [['Enter'], t`Open the instance, or press what has the focus`],
    [['Space'], t`Select the row, on its checkbox`],
    [['Space'], t`Show the machine’s screen, on its name`],
    [['Shift', 'click'], t`Select all rows up to here`],
    [['Ctrl', 'A'], t`Select all rows shown`],
    [['Esc'], t`Close the topmost layer`],
  ]
  return (
    <Card title={t`Keyboard`}>
      <KeyValue>
        {keys.map(([names, words]) => (
          <Pair
            key={words}
            label={
              <span className="flex flex-wrap gap-1">
                {names.map((name) => (
                  <Kbd key={name}>{name}</Kbd>
                ))}
              </span>
            }
          >
            {words}
          </Pair>
        ))}
      </KeyValue>
    </Card>
  )
}

function Glossary() {
  const { t } = useLingui()
  const terms: [term: string, words: string][] = [
    [t`Instance`, t`A virtual machine: a computer of yours in the platform’s data centre.`],
    [t`Zone`, t`A place with a data centre. Instances never leave the zone they began in.`],
    [t`Template`, t`The image of an operating system that a new disk starts as.`],
    [t`Size`, t`How many processors and how much memory an instance has.`],
    [t`Snapshot`, t`The disk as it was at one moment. An instance can go back to it.`],
    [t`Reinstall`, t`Start again from a template. Everything on the disk is lost.`],
    [t`Operation`, t`Something a zone is doing because it was asked to; it takes time.`],
    [t`Label`, t`A name and a value on an instance, to find it by: env=production.`],
    [t`Delete lock`, t`While it is on, the platform refuses to delete the instance.`],
    [t`Needs attention`, t`Instances in error, or in a state that nobody knows.`],
    [t`Sandbox`, t`Simulated zones to try everything in. Nothing there costs money.`],
  ]
  return (
    <Card title={t`Words`}>
      <KeyValue>
        {terms.map(([term, words]) => (
          <Pair key={term} label={term}>
            {words}
          </Pair>
        ))}
      </KeyValue>
    </Card>
  )
}

export function HelpPage() {
  const { t } = useLingui()
  return (
    <>
      <title>{t`Help · Vedette`}</title>
      <h1 tabIndex={-1} className="text-xl font-semibold">
        <Trans>Help</Trans>
      </h1>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Glossary />
        <Keys />
      </div>
    </>
  )
}
