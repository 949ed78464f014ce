/** A choice of zones and labels to which a person is limited; with none, the person may use everything. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Plus, X } from 'lucide-react'
import { useRef } from 'react'

import { AREA_LABELS_MOST, type Area } from '#contract/people/area.ts'

import { useInventory } from '../../api/inventory.ts'
import { compareText } from '../../components/format.ts'
import { useAreaWords } from '../../components/people/area-words.ts'
import { zoneCity } from '../../components/zone-city.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Field } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { TextInput } from '../../ui/TextInput.tsx'

/** What is being chosen; `typed` is the label that isn't among the others yet, and is sent with them. */
export type AreaChoice = Area & { typed?: { key: string; text: string } }

type AreaProps = { value: AreaChoice; onChange: (area: AreaChoice) => void }

/** All labels; one of which only a part was typed is refused by the server. */
const labelsOf = ({ labels = {}, typed = { key: '', text: '' } }: AreaChoice) => {
  const [key, text] = [typed.key.trim(), typed.text.trim()]
  return key || text ? { ...labels, [key]: text } : labels
}

/** An area as it is sent: null for one that limits to nothing. */
export const areaToSend = ({ zones = [], ...choice }: AreaChoice): Area | null => {
  const labels = labelsOf(choice)
  const area: Area = {
    ...(zones.length > 0 ? { zones } : {}),
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
  }
  return area.zones || area.labels ? area : null
}

function ZoneChoice({ value, onChange }: AreaProps) {
  const { t } = useLingui()
  const known = useInventory(({ zones }) => zones)
  const { zones = [] } = value
  const names = [...new Set([...known.map(({ zone }) => zone), ...zones])].toSorted(
    (a, b) => compareText(zoneCity(a), zoneCity(b)),
  )
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1 text-sm font-medium">{t`Only in zones`}</legend>
      <div className="grid gap-1 sm:grid-cols-2">
        {names.map((zone) => (
          <Checkbox
            key={zone}
            label={zoneCity(zone)}
            checked={zones.includes(zone)}
            onChange={({ target }) => {
              const others = zones.filter((one) => one !== zone)
              onChange({ ...value, zones: target.checked ? [...others, zone] : others })
            }}
          />
        ))}
      </div>
    </fieldset>
  )
}

function LabelChoice({ value, onChange }: AreaProps) {
  const { t } = useLingui()
  const input = useRef<HTMLInputElement>(null)
  const { labels = {}, typed = { key: '', text: '' } } = value
  const all = Object.entries(labels)
  const ready = typed.key.trim() !== '' && typed.text.trim() !== ''
  const type = (part: Partial<typeof typed>) =>
    onChange({ ...value, typed: { ...typed, ...part } })
  const add = () => {
    if (ready) onChange({ ...value, labels: labelsOf(value), typed: { key: '', text: '' } })
    input.current?.focus()
  }
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-medium">{t`Only instances with all of these labels`}</legend>
      {all.length > 0 && (
        <ul className="flex flex-wrap gap-2" aria-label={t`Labels`}>
          {all.map(([name, one]) => {
            const label = `${name}=${one}`
            return (
              <li
                key={name}
                className="inline-flex max-w-full items-center gap-1 rounded-md border bg-surface ps-2 text-sm"
              >
                <bdi translate="no" className="min-w-0 [overflow-wrap:anywhere]">
                  {label}
                </bdi>
                <IconButton
                  label={t`Remove ${label}`}
                  onClick={() => {
                    const rest = all.filter(([other]) => other !== name)
                    onChange({ ...value, labels: Object.fromEntries(rest) })
                    input.current?.focus()
                  }}
                >
                  <X />
                </IconButton>
              </li>
            )
          })}
        </ul>
      )}
      {all.length < AREA_LABELS_MOST && (
        <div className="grid grid-cols-2 items-start gap-2 sm:grid-cols-[1fr_1fr_auto]">
          <Field label={t({ message: 'Key', context: 'label' })}>
            <TextInput
              ref={input}
              translate="no"
              value={typed.key}
              onChange={({ target }) => type({ key: target.value })}
            />
          </Field>
          <Field label={t`Value`}>
            <TextInput
              translate="no"
              value={typed.text}
              onChange={({ target }) => type({ text: target.value })}
            />
          </Field>
          <Button icon={<Plus />} className="sm:mt-6" onClick={add}>
            <Trans>Add label</Trans>
          </Button>
        </div>
      )}
    </fieldset>
  )
}

/** What the choice means for the person, as one sentence below it. */
function Effect({ choice }: { choice: AreaChoice }) {
  const area = areaToSend(choice)
  const words = useAreaWords()({ role: 'viewer', ...(area ? { area } : {}) })
  return (
    <div className="text-sm text-muted" aria-live="polite">
      {words === undefined ? (
        <p>
          <Trans>The person can use all zones and instances, as the role allows.</Trans>
        </p>
      ) : (
        <>
          <p className="font-medium [overflow-wrap:anywhere] text-text">{words}</p>
          <p>
            <Trans>
              For this person, other instances don’t exist. The change takes effect at once.
            </Trans>
          </p>
          {area?.labels && (
            <p>
              <Trans>Instances that this person creates must have the labels.</Trans>
            </p>
          )}
        </>
      )}
    </div>
  )
}

export function AreaField(props: AreaProps) {
  return (
    <div className="grid gap-4">
      <ZoneChoice {...props} />
      <LabelChoice {...props} />
      <Effect choice={props.value} />
    </div>
  )
}
