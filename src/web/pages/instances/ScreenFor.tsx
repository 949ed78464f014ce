import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Link } from 'react-router'

import { useRoleBlock } from '../../components/people/role-block.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'

/** A screen for those whose role includes it, and for others which role does. */
export function ScreenFor({
  zone,
  id,
  children,
}: {
  zone: string
  id: string
  children: ReactNode
}) {
  const { t } = useLingui()
  const block = useRoleBlock()('get-console-proxy-url')
  if (!block) return children
  return (
    <EmptyState
      className="m-auto"
      title={t`Your role doesn’t include screens`}
      action={
        <Link to={`/instances/${zone}/${id}`} className="ui-link">
          {t`Go to the instance`}
        </Link>
      }
    >
      <title>{t`Console · Vedette`}</title>
      {block}
    </EmptyState>
  )
}
