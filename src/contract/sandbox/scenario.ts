/**
 * Describes the scenarios of the sandbox. Each has a world of its own and a goal that the zones' state reaches. The
 * routes exist only in the sandbox:
 *
 * - `GET /api/sandbox` → `SandboxState`
 * - `PUT /api/sandbox/world` with `{ scenario }`, null for the demo's own world → `SandboxState`, for admins
 * - `GET /api/sandbox/boot/:zone/:id` → `{ boot: BootState }`
 */
export const scenarioIds = [
  'first-server',
  'scale-and-back',
  'update-broke-it',
  'does-not-boot',
  'wrong-one-deleted',
  'zone-dark',
  'limit-full',
] as const
export type ScenarioId = (typeof scenarioIds)[number]

export type SandboxState = {
  /** The scenario whose world is loaded; absent for the demo's own world. */
  scenario?: { id: ScenarioId; reached: boolean }
  /** Whether the world was changed since it was loaded. */
  changed: boolean
}

/**
 * How an instance's disk boots. `damaged`: it would not boot again. `no-boot`: it tried, and its screen says so.
 * `unknown`: it is off, in rescue mode, or has not come up yet.
 */
export type BootState = 'booted' | 'damaged' | 'no-boot' | 'unknown'

/** What the server asks of an embedded sandbox. */
export type SandboxControls = {
  state(): Promise<SandboxState>
  /** Replaces the whole world; undefined for the demo's own. Screens of the old world end. */
  load(scenario: ScenarioId | undefined): Promise<void>
  bootOf(instanceId: string): Promise<BootState>
}

/** A scenario's id, null for none; undefined for what is neither. */
export function readScenario(value: unknown): ScenarioId | null | undefined {
  return value === null ? null : scenarioIds.find((id) => id === value)
}
