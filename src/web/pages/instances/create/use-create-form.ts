import { valibotResolver } from '@hookform/resolvers/valibot'
import { useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useForm, useFormContext, useWatch } from 'react-hook-form'

import { CREATE_MAX } from '#contract/create.ts'
import {
  DISK_MAX_GIB,
  NAME_MAX,
  templateMinGib,
  USER_DATA_MAX_BYTES,
} from '#contract/limits.ts'
import type { InstanceType, Template } from '#contract/types.ts'
import { userDataSystem } from '#contract/user-data/systems.ts'

import { typesQuery } from '../../../api/queries.ts'
import { formatNumber } from '../../../components/format.ts'
import { packUserData } from '../user-data/encoding.ts'
import { accessMistakes } from './access/access.ts'
import type { KeyMaker } from './access/key-maker.ts'
import { createSchema, type SchemaWords } from './create-schema.ts'
import { accessIn, chosenIn, useTemplates } from './use-catalogue.ts'
import type { CreateField, CreateValues } from './values.ts'

/** The messages of the form's mistakes, in the reader's language. */
function useSchemaWords() {
  const { t } = useLingui()
  return (minGib: number): SchemaWords => {
    const longestName = formatNumber(NAME_MAX)
    const most = formatNumber(CREATE_MAX)
    const leastGib = formatNumber(minGib)
    const mostGib = formatNumber(DISK_MAX_GIB)
    const mostBytes = formatNumber(USER_DATA_MAX_BYTES)
    return {
      zone: t`Choose a zone.`,
      nameLong: t`Use at most ${longestName} characters for the name.`,
      nameForSeveral: t`Enter a name to create more than one instance.`,
      count: t`Enter a number from 1 to ${most}.`,
      networkAddress: t`Enter an IPv4 address, for example 10.0.0.20, or leave this empty.`,
      reverseDns: t`Enter a full domain name, for example web.example.net.`,
      template: t`Choose a template.`,
      type: t`Choose a size.`,
      diskWhole: t`Enter the disk size as a whole number of GiB.`,
      diskLow: t`This template needs a disk of at least ${leastGib} GiB.`,
      diskHigh: t`Enter a disk size of at most ${mostGib} GiB.`,
      userDataLong: t`Shorten the user data to at most ${mostBytes} bytes.`,
      labelKey: t`Enter a key for each label.`,
      labelTwice: t`Use each label key only once.`,
      keyUnsaved: t`Download the private key and confirm that you saved it, or clear this.`,
      sourceEmpty: t`Enter the IP address that you connect from, or clear this.`,
      sourceUnread: t`Enter an IP address, for example 203.0.113.7, or a network, for example 203.0.113.0/24.`,
      sourcePrefix: t`After the slash, enter a whole number: up to 32 for IPv4, up to 128 for IPv6.`,
      sourceLocal: t`No one connects from this IP address. Enter your public one.`,
      sourcePrivate: t`This IP address belongs to a local network and isn’t visible on the internet. Enter your public one.`,
      sourceFamily: t`The instance has no public IPv6 address, so no one can connect from one. Enter an IPv4 address, or choose IPv4 + IPv6 above.`,
    }
  }
}

/** The form of the page; `guided` and the new key decide what has to be filled in. */
export function useCreateForm(
  initial: CreateValues,
  { guided, maker }: { guided: boolean; maker: KeyMaker },
) {
  const queries = useQueryClient()
  const wordsFor = useSchemaWords()
  const form = useForm<CreateValues>({
    defaultValues: initial,
    // The page goes to the first wrong field itself: most of them have no single control.
    shouldFocusError: false,
    resolver: async (values, context, options) => {
      const { template, type } = chosenIn(queries, values)
      const minGib = templateMinGib(template)
      // An id that this zone doesn't know counts as no choice.
      const known = { ...values, template: template?.id ?? '', type: type?.id ?? '' }
      const { bytes } = await packUserData(values.userData, userDataSystem(template))
      const wrong = accessMistakes(
        values,
        accessIn(queries, values, guided),
        maker.state.saved,
      )
      const schema = createSchema(wordsFor(minGib), minGib, bytes, wrong)
      return valibotResolver(schema)(known, context, options)
    },
  })
  return form
}

/** Sections read and write single fields of the form through these. */
export function useCreateField<F extends CreateField>(field: F) {
  const { control, setValue, getFieldState, formState } = useFormContext<CreateValues>()
  const value = useWatch({ control, name: field }) as CreateValues[F] // RHF's path types lose the link to F
  const error = getFieldState(field, formState).error?.message
  const set = (next: CreateValues[F]) => {
    // As above: the value of field F.
    setValue(field, next as never, {
      shouldDirty: true,
      shouldValidate: formState.isSubmitted,
    })
  }
  return { value, error, set }
}

/** The chosen template and type, once their lists are there. */
export function useChosen(): {
  zone: string
  template: Template | undefined
  type: InstanceType | undefined
} {
  const { control } = useFormContext<CreateValues>()
  const [zone, template, type] = useWatch({ control, name: ['zone', 'template', 'type'] })
  const { open, own } = useTemplates(zone)
  const { data: types } = useQuery(typesQuery(zone))
  const templates = [...(open.data ?? []), ...(own.data ?? [])]
  return {
    zone,
    template: templates.find(({ id }) => id === template),
    type: types?.find(({ id }) => id === type),
  }
}
