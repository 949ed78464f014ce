/**
 * Remarks that stand beside code for other tools: where a tool does more, less or something else
 * than the call. They are codes with values; pages word them.
 */
import { namePlaceholder } from './names.ts'

/** One remark. */
export type Note =
  /** The tool has no equivalent for the endpoint. */
  | { code: 'no-equivalent'; endpoint: string }
  /** The tool takes a size by its name, which isn't known. */
  | { code: 'size-unknown' }
  /** Private templates need a flag, and whether this is one isn't known. */
  | { code: 'template-unknown' }
  /** The tool needs a name, and none was given; a placeholder stands for it. */
  | { code: 'name-needed'; placeholder: string }
  /** Without a key, exo uses its default key or registers one for this instance. */
  | { code: 'one-time-key' }
  /** exo starts every new instance, so the next command stops it. */
  | { code: 'stopped-afterwards' }
  /** exo can't write this label. */
  | { code: 'label-unwritable'; key: string }
  /** The tool can't set this member of the API. */
  | { code: 'member-missing'; member: string }
  /** Not every version of the provider sets these of an instance that exists. */
  | { code: 'maybe-new-only'; attributes: string }
  /** A set shows what is added; what is in it already has to stay. */
  | { code: 'keep-existing'; attribute: string }
  | { code: 'remove-from'; attribute: string; value: string }
  /** The resource has to be removed from the configuration. */
  | { code: 'remove-resource'; type: string }

export const nameNeeded: Note = { code: 'name-needed', placeholder: namePlaceholder }

/** How a note reads; by default it is its code and values. */
export type NoteWords = (note: Note) => string

export const plainNote: NoteWords = ({ code, ...values }) =>
  [code, ...Object.values(values)].join(' ')

/** A note as a comment of shells and Terraform; what it quotes can't end the comment. */
export const commentOf = (note: Note, words: NoteWords): string =>
  `# ${words(note).replaceAll(/[\n\r\u2028\u2029]+/g, ' ')}`
