import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import { systemReads, userDataKind, userDataSystem } from '#contract/user-data/systems.ts'

import { useInventory } from '../../../api/inventory.ts'
import { antiAffinityGroupsQuery } from '../../../api/queries.ts'
import { zoneCity } from '../../../components/zone-city.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { usePacked } from '../user-data/use-packed.ts'
import { useUserDataWords } from '../user-data/user-data-words.ts'
import { UserDataNotes, ZippedNote } from '../user-data/UserDataNotes.tsx'
import { WholeNames } from '../user-data/WholeNames.tsx'
import { WideNotice } from './access/OpenLogin.tsx'
import { useChosen, useCreateField } from './use-create-form.ts'
import {
  DiskNotice,
  LoginNotice,
  NoKeyNotice,
  useNameDoubt,
  useSpreadDoubt,
} from './warnings.tsx'

function NameNotice() {
  const doubt = useNameDoubt()
  return doubt ? <Banner kind="warning">{doubt}</Banner> : null
}

function ZoneNotice() {
  const zone = useCreateField('zone').value
  const zones = useInventory((state) => state.zones)
  if (zones.find((one) => one.zone === zone)?.status !== 'down') return null
  const city = zoneCity(zone)
  return (
    <Banner kind="warning">
      <Trans>{city} isn’t responding right now.</Trans>
    </Banner>
  )
}

/** The groups in which fewer instances fit than are wanted. */
function SpreadNotices() {
  const { zone } = useChosen()
  const chosen = useCreateField('antiAffinityGroups').value
  const groups = useQuery(antiAffinityGroupsQuery(zone)).data
  const doubtOf = useSpreadDoubt()
  return chosen.map((id) => {
    const doubt = doubtOf(id)
    const name = groups?.find((one) => one.id === id)?.name ?? id
    return (
      doubt && (
        <Banner key={id} kind="warning" title={name}>
          {doubt}
        </Banner>
      )
    )
  })
}

/** What is doubtful about the user data, with the ways to change it. */
function UserDataNotices() {
  const { t } = useLingui()
  const { value, set } = useCreateField('userData')
  const { template } = useChosen()
  const wordsOf = useUserDataWords()
  const system = userDataSystem(template)
  const { plain, zipped } = usePacked(value, system)
  const kind = userDataKind(value, system)
  if (kind === 'empty') return null
  return (
    <>
      {!systemReads(system, kind) && (
        <Banner kind="warning" title={t`User data`}>
          <WholeNames text={wordsOf(value, system)} />
        </Banner>
      )}
      <UserDataNotes value={value} onChange={set} />
      {zipped && <ZippedNote plain={plain} />}
    </>
  )
}

/** Everything that the steps warn of, once more before the instance is created. */
export function ReviewWarnings() {
  const { t } = useLingui()
  return (
    <section aria-label={t`Warnings`} className="grid gap-2 empty:hidden">
      <NameNotice />
      <ZoneNotice />
      <DiskNotice />
      <NoKeyNotice />
      <WideNotice />
      <LoginNotice />
      <SpreadNotices />
      <UserDataNotices />
    </section>
  )
}
