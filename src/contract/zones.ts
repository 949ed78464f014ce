/**
 * Where the known zones are (exoscale-api.md 1.2). Zone names are open: one that is not
 * here is shown by its name.
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
