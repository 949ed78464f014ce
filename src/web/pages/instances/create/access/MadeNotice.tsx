import { Trans, useLingui } from '@lingui/react/macro'

import { Banner } from '../../../../ui/Banner.tsx'
import type { Made } from './prepare-access.ts'

function MadeLine({ made }: { made: Made }) {
  const { name } = made
  if (made.part === 'key') {
    const { file } = made
    return (
      <Trans>
        The SSH key {name} was registered and is chosen. Its private key is in {file}.
      </Trans>
    )
  }
  if (made.part === 'group') return <Trans>The security group {name} was created.</Trans>
  const { network } = made
  return (
    <Trans>
      The security group {name} allows {network} and is chosen.
    </Trans>
  )
}

/** After a failure: which part of the creation failed, and what was made before and is kept. */
export function MadeNotice({
  failed,
  made,
}: {
  failed: Made['part'] | undefined
  made: readonly Made[]
}) {
  const { t } = useLingui()
  if (!failed && made.length === 0) return null
  const titles = {
    key: t`The instance wasn’t created, because the SSH key couldn’t be registered`,
    group: t`The instance wasn’t created, because the security group couldn’t be created`,
    rule: t`The instance wasn’t created, because the security group’s rule couldn’t be added`,
  }
  return (
    <Banner
      kind="info"
      title={failed ? titles[failed] : t`These were created before the instance failed`}
    >
      {made.length > 0 && (
        <ul className="list-disc ps-5">
          {made.map((one) => (
            <li key={`${one.part} ${one.name}`}>
              <MadeLine made={one} />
            </li>
          ))}
        </ul>
      )}
      <p>
        <Trans>
          What you entered is kept. Creating the instance again makes only what’s missing.
        </Trans>
      </p>
    </Banner>
  )
}
