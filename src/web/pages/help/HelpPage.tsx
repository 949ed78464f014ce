import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import { sessionQuery } from '../../api/queries.ts'
import { useKeys } from '../../stores/page-keys.ts'
import { usePalette } from '../../stores/palette.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { KeyValue, Pair } from '../../ui/KeyValue.tsx'
import { SandboxCard } from './SandboxCard.tsx'

function Keys() {
  const { t } = useLingui()
  const show = usePalette((state) => state.show)
  const keys = useKeys()
  const few: [keys: string[], words: string][] = [
    [['Ctrl', keys.palette.toUpperCase()], t`Search everything or run a command`],
    [[keys.search], t`Search instances`],
    [[keys.keys], t`Show all shortcuts`],
  ]
  return (
    <Card title={t`Keyboard`}>
      <div className="grid justify-items-start gap-3">
        <KeyValue>
          {few.map(([names, words]) => (
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
        <Button onClick={() => show('keys')}>
          <Trans>Show and change all shortcuts</Trans>
        </Button>
      </div>
    </Card>
  )
}

function Glossary() {
  const { t } = useLingui()
  const terms: [term: string, words: string][] = [
    [t`Instance`, t`A virtual machine that runs in an Exoscale data center.`],
    [
      t`Zone`,
      t`A data center location. An instance always stays in the zone where you created it.`,
    ],
    [t`Template`, t`An operating system image that a new disk is created from.`],
    [t`Size`, t`The number of CPU cores and the amount of memory of an instance.`],
    [
      t`Snapshot`,
      t`A copy of an instance’s disk at a point in time. You can revert the instance to it.`,
    ],
    [
      t`Reinstall`,
      t`Replace everything on the disk with a template. All data on the disk is permanently deleted.`,
    ],
    [
      t`Operation`,
      t`A change that a zone is carrying out. It can take from a few seconds to several minutes.`,
    ],
    [
      t`Label`,
      t`A key and a value that help you find and group instances, for example env=production.`,
    ],
    [
      t`Deletion protection`,
      t`A setting that prevents an instance from being deleted until you turn it off.`,
    ],
    [
      t`Needs attention`,
      t`Instances in an error state or in an unknown state, and those whose state has been changing for more than 10 minutes. The overview also lists what its checks found, for example open ports or a limit that is almost reached.`,
    ],
    [
      t`Sandbox`,
      t`Simulated zones where you can try everything. Nothing there costs money.`,
    ],
  ]
  return (
    <Card title={t`Glossary`}>
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
  const { data: session } = useQuery(sessionQuery)
  return (
    <>
      <title>{t`Help · Vedette`}</title>
      <h1 tabIndex={-1} className="flex min-h-control items-center text-xl font-semibold">
        <Trans>Help</Trans>
      </h1>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        {/* With the page: loaded later, it would move the buttons below away from a click. */}
        {session?.sandbox && <SandboxCard />}
        <Glossary />
        <Keys />
      </div>
    </>
  )
}
