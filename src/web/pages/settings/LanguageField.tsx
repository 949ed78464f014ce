import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'

import { languageNames, languages } from '#contract/languages.ts'

import { isServerThere } from '../../api/server-there.ts'
import { followLanguage, useLanguage, type LanguageChoice } from '../../stores/language.ts'
import { Button } from '../../ui/Button.tsx'
import { RadioCards } from '../../ui/RadioCards.tsx'

/**
 * Says that the page isn't in the chosen language, and offers what helps. If the server responds, it was updated and has
 * other files: a new page comes in that language, as the choice is kept in a cookie.
 */
function Missing() {
  const [helpsReload, setHelpsReload] = useState(false)
  // The server is outside React.
  useEffect(() => {
    let isGone = false
    void isServerThere().then((isThere) => !isGone && setHelpsReload(isThere))
    return () => {
      isGone = true
    }
  }, [])
  const again = async () => {
    await followLanguage()
    setHelpsReload(await isServerThere())
  }
  return (
    <p role="alert" className="flex flex-wrap items-center gap-3 text-sm text-warning">
      {helpsReload ? (
        <Trans>This language couldn’t be loaded. Reload the page to try again.</Trans>
      ) : (
        <Trans>This language couldn’t be loaded.</Trans>
      )}
      {helpsReload ? (
        <Button onClick={() => location.reload()}>
          <Trans>Reload page</Trans>
        </Button>
      ) : (
        <Button onClick={() => void again()}>
          <Trans>Try again</Trans>
        </Button>
      )}
    </p>
  )
}

/** The language of the page; each is named in itself, for those who read no other. */
export function LanguageField() {
  const { t } = useLingui()
  const { choice, isMissing, setChoice } = useLanguage()
  return (
    <div className="grid gap-2">
      <RadioCards<LanguageChoice>
        legend={t`Language`}
        value={choice}
        onChange={setChoice}
        columns={4}
        options={[
          { value: 'browser', label: t`Same as browser` },
          ...languages.map((language) => ({
            value: language,
            label: languageNames[language],
            lang: language,
          })),
        ]}
      />
      {isMissing && <Missing key={choice} />}
    </div>
  )
}
