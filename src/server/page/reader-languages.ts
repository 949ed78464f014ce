/** Says in which language a page is sent: as chosen in this browser, otherwise as the browser asks for. */
import { parseCookie } from 'cookie'
import type { FastifyRequest } from 'fastify'

import {
  languageCookie,
  languageOf,
  preferredLanguage,
  type Language,
} from '#contract/languages.ts'

import type { PageKind } from './page-kind.ts'

/** Real browsers send up to about ten; the rest says nothing more. */
const mostTags = 32

/** The language tags of an `Accept-Language` header, the best first. Invalid parts are skipped. */
export function acceptedTags(header: string | undefined): string[] {
  return (header ?? '')
    .split(',', mostTags)
    .flatMap((part) => {
      const [, tag = '', weight = '1'] =
        /^\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q=([\d.]{1,5})\s*)?$/.exec(
          part,
        ) ?? []
      return tag && Number(weight) > 0 ? [{ tag, weight: Number(weight) }] : []
    })
    .sort((one, other) => other.weight - one.weight)
    .map(({ tag }) => tag)
}

export type Reader = { language: Language; preferred: string[] }

/** The language of a page, and all that its reader prefers. */
export function readerOf({ headers }: Pick<FastifyRequest, 'headers'>): Reader {
  const preferred = acceptedTags(headers['accept-language'])
  const chosen = languageOf(parseCookie(headers.cookie ?? '')[languageCookie])
  return { language: chosen ?? preferredLanguage(preferred), preferred }
}

/** What a page depends on besides its address. */
export const pageVary = 'accept-encoding, accept-language, cookie'

/** The file of a page in a language. */
export const pageFile = (page: PageKind, language: Language) =>
  language === 'en' ? `${page}.html` : `${page}.${language}.html`
