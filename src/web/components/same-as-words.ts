import { useLingui } from '@lingui/react/macro'

import type { NoteWords } from '#contract/same-as/notes.ts'

import { useEndpointWords } from './operation-words.ts'

/** What a tool does differently from the request, as comments in its code. */
export function useNoteWords(): NoteWords {
  const { t } = useLingui()
  const endpointWords = useEndpointWords()
  return (note) => {
    switch (note.code) {
      case 'no-equivalent': {
        const operation = endpointWords(note.endpoint)
        return t`No equivalent: ${operation}`
      }
      case 'size-unknown':
        return t`This needs the name of the size, which is unknown.`
      case 'template-unknown':
        return t`If the template is private, add --template-visibility private.`
      case 'name-needed': {
        const { placeholder } = note
        return t`A name is required. Replace ${placeholder}.`
      }
      case 'one-time-key':
        return t`Without an SSH key, exo uses your default SSH key or registers a temporary SSH key.`
      case 'stopped-afterwards':
        return t`exo always starts a new instance, so the second command stops it.`
      case 'label-unwritable': {
        const { key } = note
        return t`exo can’t set the label ${key}.`
      }
      case 'member-missing': {
        const { member } = note
        return t`This tool can’t set ${member}.`
      }
      case 'maybe-new-only': {
        const { attributes } = note
        return t`Terraform may set these only for new instances: ${attributes}`
      }
      case 'keep-existing': {
        const { attribute } = note
        return t`Keep the existing entries of ${attribute}.`
      }
      case 'remove-from': {
        const { attribute, value } = note
        return t`Remove ${value} from ${attribute}.`
      }
      case 'remove-resource': {
        const { type } = note
        return t`Remove the ${type} resource from the configuration.`
      }
    }
  }
}
