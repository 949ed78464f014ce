/**
 * Every color of the interface, light and dark, as `app.css` declares it. The browser reads
 * only the CSS; this table is what `tokens.test.ts` holds against it and measures, and what
 * anything drawn outside CSS (charts) may read.
 */
type Tone = {
  readonly light: string
  readonly dark: string
}

export const tokens = {
  bg: { light: '#f7f8fa', dark: '#0d0e14' },
  surface: { light: '#ffffff', dark: '#15171e' },
  sunken: { light: '#f1f2f6', dark: '#111219' },
  hover: { light: '#eff0f6', dark: '#1e2028' },
  selected: { light: '#ebebfe', dark: '#282841' },
  border: { light: '#dcdee3', dark: '#2b2d36' },
  control: { light: '#898c96', dark: '#6e717e' },
  text: { light: '#1c1f2a', dark: '#ebecf1' },
  muted: { light: '#595c68', dark: '#a6a9b5' },
  focus: { light: '#6054ec', dark: '#9c95fe' },
  accent: { light: '#5246cd', dark: '#b0adfe' },
  'accent-fill': { light: '#5246cd', dark: '#6257df' },
  danger: { light: '#bc191d', dark: '#c72e2b' },
  'on-fill': { light: '#ffffff', dark: '#ffffff' },
  running: { light: '#076e3e', dark: '#65d994' },
  'running-tint': { light: '#e1f8e8', dark: '#13311f' },
  stopped: { light: '#545764', dark: '#aeb0bc' },
  'stopped-tint': { light: '#ebecf1', dark: '#292b31' },
  transitional: { light: '#00619f', dark: '#79c4f7' },
  'transitional-tint': { light: '#e2f3ff', dark: '#122c41' },
  warning: { light: '#865403', dark: '#f2be62' },
  'warning-tint': { light: '#fff1d1', dark: '#382a10' },
  error: { light: '#b91c1e', dark: '#f8928a' },
  'error-tint': { light: '#ffebeb', dark: '#481e1c' },
} as const satisfies Record<string, Tone>

export type TokenName = keyof typeof tokens

/** What text and controls may lie on. */
export const surfaces = ['bg', 'surface', 'sunken', 'hover', 'selected'] as const
/** Text colors, on any surface. */
export const textTones = [
  'text',
  'muted',
  'accent',
  'running',
  'stopped',
  'transitional',
  'warning',
  'error',
] as const
/** The states, each of which also has a tint. */
export const stateTones = [
  'running',
  'stopped',
  'transitional',
  'warning',
  'error',
] as const
