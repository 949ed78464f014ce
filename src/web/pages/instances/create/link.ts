import { defaultValues, type CreateValues } from './values.ts'

/**
 * Turns the form's choices into a link, to share or to use later. User data, IP addresses and names of
 * a single instance are left out; template and type are in it by name, which is valid in other zones.
 */
const lists = ['keys', 'securityGroups', 'elasticIps', 'antiAffinityGroups'] as const
const flags = ['start', 'secureBoot', 'tpm', 'protect'] as const
const texts = ['name', 'deployTarget'] as const
const numbers = ['count', 'disk'] as const

type Named = { template: string; type: string }

/** The query of a link that fills the form in like this. */
export function linkSearch(values: CreateValues, named: Named): URLSearchParams {
  const search = new URLSearchParams({ zone: values.zone, ...named })
  for (const field of texts) if (values[field]) search.set(field, values[field])
  for (const field of numbers)
    if (values[field] !== defaultValues[field]) search.set(field, String(values[field]))
  if (values.address !== defaultValues.address) search.set('address', values.address)
  for (const field of lists) for (const one of values[field]) search.append(field, one)
  for (const { id } of values.privateNetworks) search.append('privateNetworks', id)
  for (const { key, value } of values.labels)
    if (key.trim()) search.append('labels', `${key.trim()}=${value}`)
  for (const field of flags)
    if (values[field] !== defaultValues[field]) search.set(field, String(values[field]))
  if (values.consistentSnapshots !== null)
    search.set('consistentSnapshots', String(values.consistentSnapshots))
  return search
}

/** The values in a link; undefined if the address has only single hints. */
export function fromLink(search: URLSearchParams): Partial<CreateValues> | undefined {
  const filled: Partial<CreateValues> = {}
  for (const field of texts) {
    const text = search.get(field)
    if (text !== null) filled[field] = text
  }
  for (const field of numbers) {
    const number = Number(search.get(field) ?? Number.NaN)
    if (Number.isInteger(number)) filled[field] = number
  }
  const address = search.get('address')
  if (address === 'inet4' || address === 'dual' || address === 'none')
    filled.address = address
  for (const field of lists) if (search.has(field)) filled[field] = search.getAll(field)
  if (search.has('privateNetworks'))
    filled.privateNetworks = search.getAll('privateNetworks').map((id) => ({ id, ip: '' }))
  if (search.has('labels'))
    filled.labels = search.getAll('labels').map((text) => {
      const [key = '', ...value] = text.split('=')
      return { key, value: value.join('=') }
    })
  for (const field of [...flags, 'consistentSnapshots'] as const)
    if (search.has(field)) filled[field] = search.get(field) === 'true'
  return Object.keys(filled).length > 0 ? filled : undefined
}
