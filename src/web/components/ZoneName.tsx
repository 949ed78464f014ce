import { zoneCity } from './zone-city.ts'

/** A zone by its city, with the code that every other tool calls it by. */
export function ZoneName({ zone }: { zone: string }) {
  const city = zoneCity(zone)
  return (
    <span className="whitespace-nowrap" translate="no">
      {city}
      {city !== zone && <code className="ms-1.5 text-xs text-muted">{zone}</code>}
    </span>
  )
}
