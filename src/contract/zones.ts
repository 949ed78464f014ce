/**
 * Lists the cities of the known zones (docs/platform.md#zones). Zone names are open: a zone
 * that isn't here is shown by its name.
 */
const cities: Record<string, string> = {
  'at-vie-1': 'Vienna',
  'at-vie-2': 'Vienna 2',
  'bg-sof-1': 'Sofia',
  'ch-dk-2': 'Zurich',
  'ch-gva-2': 'Geneva',
  'de-fra-1': 'Frankfurt',
  'de-muc-1': 'Munich',
  'hr-zag-1': 'Zagreb',
}

export function zoneCity(zone: string): string {
  return cities[zone] ?? zone
}
