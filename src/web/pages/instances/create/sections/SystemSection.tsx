import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import { templateMinGib } from '#contract/limits.ts'
import type { Template } from '#contract/types.ts'

import { dot } from '../../../../components/format.ts'
import { ListState } from '../../../../components/ListState.tsx'
import {
  shownTemplates,
  templateFamilies,
  templateFamily,
  templateFamilyName,
} from '../../../../instance/template-families.ts'
import { Card } from '../../../../ui/Card.tsx'
import { RadioCards } from '../../../../ui/RadioCards.tsx'
import { TextInput } from '../../../../ui/TextInput.tsx'
import { Segments } from '../Segments.tsx'
import { useTemplates } from '../use-catalogue.ts'
import { useChosen, useCreateField } from '../use-create-form.ts'
import { fieldId } from '../values.ts'

/** What people choose a template by: the login, how it boots, and the disk it needs. */
function TemplateFacts({ template }: { template: Template }) {
  const { t } = useLingui()
  const { 'ssh-key-enabled': byKey, 'password-enabled': byPassword } = template
  const gib = templateMinGib(template)
  const user = template['default-user']
  const { name = '', description } = template
  const login = () => {
    if (byKey && byPassword) return t`SSH key or password`
    if (byPassword) return t`password`
    if (byKey) return t({ message: 'SSH key', context: 'login' })
    // Where the zone doesn't say, nothing is said.
    return byKey === false && byPassword === false ? t`custom login` : undefined
  }
  const boots: Record<string, string> = { uefi: 'UEFI', legacy: t`legacy boot` }
  const known = [login(), boots[template['boot-mode'] ?? '']].filter(Boolean)
  return (
    <>
      {user && (
        <>
          <span translate="no">{user}</span>
          {dot}
        </>
      )}
      {known.map((fact) => `${fact}${dot}`)}
      <Trans>at least {gib} GiB disk</Trans>
      {template['application-consistent-snapshot-enabled'] && (
        <>
          {dot}
          {t`application-consistent snapshots`}
        </>
      )}
      {/* Exoscale's own descriptions repeat the name. */}
      {description && !description.includes(name) && (
        <span translate="no" className="mt-0.5 block">
          {description}
        </span>
      )}
    </>
  )
}

function TemplateList({ templates }: { templates: Template[] }) {
  const { t } = useLingui()
  const { value, error, set } = useCreateField('template')
  const disk = useCreateField('disk')
  const { template: chosen } = useChosen()
  const [picked, setPicked] = useState<string>()
  const [text, setText] = useState('')
  const families = templateFamilies(templates)
  const wanted = picked ?? (chosen && templateFamily(chosen)) ?? ''
  const family = families.includes(wanted) ? wanted : (families[0] ?? '')
  const shown = shownTemplates(templates, family, text)

  const choose = (id: string) => {
    set(id)
    const least = templateMinGib(templates.find((one) => one.id === id))
    if (disk.value < least) disk.set(least)
  }
  return (
    <>
      <TextInput
        type="search"
        aria-label={t`Search templates`}
        placeholder={t`Search templates`}
        value={text}
        onChange={({ target }) => setText(target.value)}
        // Enter would send the whole form.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        className="sm:max-w-72"
      />
      {text.trim() === '' && (
        <Segments
          label={t({ message: 'Family', context: 'operating systems' })}
          value={family}
          onChange={setPicked}
          options={families.map((one) => ({ value: one, label: templateFamilyName(one) }))}
        />
      )}
      <RadioCards
        legend={t`Template`}
        hideLegend
        columns={2}
        value={value}
        onChange={choose}
        error={error}
        options={shown.map((template) => ({
          value: template.id,
          label: <span translate="no">{template.name ?? template.id}</span>,
          // Most names say it already.
          aside: !template.name?.split(' ').includes(template.version ?? '') && (
            <span translate="no">{template.version}</span>
          ),
          description: <TemplateFacts template={template} />,
        }))}
      />
      {shown.length === 0 && (
        <p className="text-sm text-muted">
          <Trans>No templates match your search</Trans>
        </p>
      )}
    </>
  )
}

/** The template that the disk is created from. */
export function SystemSection() {
  const { t } = useLingui()
  const { zone, template } = useChosen()
  const { open, own } = useTemplates(zone)
  const [side, setSide] = useState<'public' | 'private'>()
  const shown = side ?? (template?.visibility === 'private' ? 'private' : 'public')
  return (
    <Card
      title={t`Template`}
      actions={
        <Segments
          label={t`Template visibility`}
          value={shown}
          onChange={setSide}
          options={[
            { value: 'public', label: t`Public` },
            { value: 'private', label: t`Private` },
          ]}
        />
      }
    >
      <div id={fieldId('template')} className="grid gap-3">
        <ListState
          query={shown === 'public' ? open : own}
          empty={
            shown === 'public'
              ? t`No public templates in this zone`
              : t`Your organization has no private templates in this zone`
          }
          height="h-96 sm:h-76 xl:h-60"
        >
          {(templates) => <TemplateList key={`${zone} ${shown}`} templates={templates} />}
        </ListState>
      </div>
    </Card>
  )
}
