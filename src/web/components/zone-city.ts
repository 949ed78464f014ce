/**
 * Names the city of each known zone (docs/platform.md#zones). Exoscale adds zones, so a zone that isn't
 * listed here is shown by its code.
 */
import type { MessageDescriptor } from '@lingui/core'

import { i18n } from '../i18n.ts'

// Descriptors instead of a macro, because lists are sorted by city in tests without a build.
const cities: Record<string, MessageDescriptor> = {
  'at-vie-1': /*i18n*/ { id: 'city.at-vie-1', message: 'Vienna' },
  'at-vie-2': /*i18n*/ { id: 'city.at-vie-2', message: 'Vienna 2' },
  'bg-sof-1': /*i18n*/ { id: 'city.bg-sof-1', message: 'Sofia' },
  'ch-dk-2': /*i18n*/ { id: 'city.ch-dk-2', message: 'Zurich' },
  'ch-gva-2': /*i18n*/ { id: 'city.ch-gva-2', message: 'Geneva' },
  'de-fra-1': /*i18n*/ { id: 'city.de-fra-1', message: 'Frankfurt' },
  'de-muc-1': /*i18n*/ { id: 'city.de-muc-1', message: 'Munich' },
  'hr-zag-1': /*i18n*/ { id: 'city.hr-zag-1', message: 'Zagreb' },
}

export function zoneCity(zone: string): string {
  const city = cities[zone]
  return city ? i18n._(city) : zone
}
