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
  red: { light: '#ad1a35', dark: '#ff97a4' },
  'red-tint': { light: '#ffe5e9', dark: '#4a1a24' },
  orange: { light: '#96450a', dark: '#f5aa6e' },
  'orange-tint': { light: '#ffeadb', dark: '#43240f' },
  yellow: { light: '#6f5a00', dark: '#dfc75a' },
  'yellow-tint': { light: '#fbf1c2', dark: '#352d0a' },
  green: { light: '#1c6b2f', dark: '#79d78c' },
  'green-tint': { light: '#e0f6e2', dark: '#15331d' },
  teal: { light: '#00686b', dark: '#63d3d2' },
  'teal-tint': { light: '#d9f5f4', dark: '#0f3233' },
  blue: { light: '#1457b8', dark: '#8dbcff' },
  'blue-tint': { light: '#e3eeff', dark: '#172c4d' },
  violet: { light: '#6a3fc0', dark: '#c4a8ff' },
  'violet-tint': { light: '#f0e9ff', dark: '#2f2350' },
  pink: { light: '#a01c7c', dark: '#f797d6' },
  'pink-tint': { light: '#ffe6f6', dark: '#461a38' },
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
