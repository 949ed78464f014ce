import { useLingui } from '@lingui/react/macro'

import type { EndpointId } from '#contract/endpoints.ts'

import { isDown, useZoneHealth } from '../api/inventory.ts'
import { useRoleBlock } from '../components/people/role-block.ts'
import { zoneCity } from '../components/zone-city.ts'

/** Why an endpoint can't be called in a zone now, whatever the state of its instances. */
export function useZoneBlock(zone: string): (endpoint: EndpointId) => string | null {
  const { t } = useLingui()
  const roleBlock = useRoleBlock()
  const health = useZoneHealth(zone)
  const city = zoneCity(zone)
  return (endpoint) =>
    roleBlock(endpoint) ?? (health && isDown(health) ? t`${city} isn’t responding.` : null)
}
