/**
 * Writes a query as its canonical text: fields and fixed values by their own names in lower case, one
 * space between terms, and quotation marks only where they are needed. Parsed again, the text gives the
 * same terms.
 */
import { isBad, isFreeWord, type Clause, type GoodTerm, type Term } from './parse.ts'

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

/** A value as it stands after its field. */
function printValue(value: string): string {
  return value === '' || /[\s|"]/.test(value) ? quoted(value) : value
}

/** A term with the field and the values in canonical form. */
export function printTerm(term: Term): string {
  if (isBad(term)) return term.source
  const { not, field, values } = term
  const sign = not ? '-' : ''
  const [first = ''] = values
  if (field === 'whole') return sign + quoted(first)
  if (field === 'text' && values.length === 1 && isFreeWord(first)) return sign + first
  return `${sign}${field}:${values.map(printValue).join('|')}`
}

export const printClause = ({ terms }: Pick<Clause, 'terms'>): string =>
  terms.map(printTerm).join(' OR ')

/** The canonical text of clauses. */
export const printQuery = (clauses: readonly Pick<Clause, 'terms'>[]): string =>
  clauses.map(printClause).join(' ')

/** The text of one term that finds `values` of a field. */
export const termText = (field: GoodTerm['field'], ...values: string[]): string =>
  printTerm({ start: 0, end: 0, not: false, field, values })
