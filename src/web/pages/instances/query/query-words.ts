/** Puts the query language into words: what the fields mean, and why a part isn't used. */
import { useLingui } from '@lingui/react/macro'

import type { FieldName, FlagName } from '#contract/query/fields.ts'
import { mostTerms, type GoodTerm, type Problem } from '#contract/query/parse.ts'

export function useFieldWords(): Record<FieldName, string> {
  const { t } = useLingui()
  return {
    state: t`State of the instance`,
    zone: t`Zone or city`,
    name: t`Part of the name`,
    label: t`Label, as key or key=value`,
    ip: t`IP address or range`,
    mac: t`Part of a MAC address`,
    type: t`Size, such as standard.medium`,
    template: t`Part of the template’s name`,
    note: t`Part of the note`,
    id: t`Part of the ID`,
    older: t`Created longer ago than`,
    newer: t`Created within the last`,
    is: t`Protected, managed, noted…`,
    text: t`Any text`,
  }
}

export function useFlagWords(): Record<FlagName, string> {
  const { t } = useLingui()
  return {
    protected: t`Deletion protection is on`,
    noted: t`Has a note`,
    favorite: t`One of your favorites`,
    managed: t`In an instance pool or SKS`,
    attention: t`Needs attention`,
    changing: t`In progress`,
    rescue: t`In rescue mode`,
  }
}

/** How to mend a part of a query, as a sentence. */
export function useProblemWords(): (problem: Problem) => string {
  const { t } = useLingui()
  const nearWords = ({ field = '', near = '', code }: Problem) => {
    const suggestion = code === 'unknown-field' ? `${near}:` : `${field}:${near}`
    return t`Did you mean “${suggestion}”?`
  }
  return (problem) => {
    const { code, field, value, near } = problem
    switch (code) {
      case 'unknown-field':
        return near === undefined
          ? t`Choose a filter from the suggestions. To search for the text, enter text:"…" with the text in quotation marks.`
          : nearWords(problem)
      case 'unknown-value':
        return near === undefined
          ? t`Choose a value from the suggestions.`
          : nearWords(problem)
      case 'no-value':
        return t`Enter a value after the colon.`
      case 'bad-age':
        return t`Enter an age such as 12h, 30d or 8w.`
      case 'bad-address':
        return field === 'mac'
          ? t`Enter a MAC address or a part of one, such as 06:6b.`
          : t`Enter an IP address or a range, such as 194.182.0.0/16.`
      case 'unclosed-quote':
        return t`Add the closing quotation mark.`
      case 'cannot-exclude':
        return value === 'rescue'
          ? t`Exoscale doesn’t return which instances aren’t in rescue mode.`
          : t`Exoscale doesn’t return which instances aren’t protected.`
      case 'lonely-or':
        return t`Enter a term before and after OR.`
      case 'too-many':
        return t`A query can have up to ${mostTerms} terms.`
    }
  }
}

/** Why a term finds nothing, as a sentence. */
export function useAbsentWords(): (term: GoodTerm) => string {
  const { t } = useLingui()
  return ({ field, values }) => {
    const value = values.join(' | ')
    switch (field) {
      case 'label':
        return t`No instance has the label ${value}.`
      case 'zone':
        return t`No instance is in the zone ${value}.`
      case 'type':
        return t`No instance has the size ${value}.`
      default:
        return t`No instance was created from the template ${value}.`
    }
  }
}
