/**
 * Names the instances of the sandbox that exist only for tests: their names make something fail, or are hard to show
 * (docs/sandbox.md#names-that-trigger-failures).
 */
const fixtures =
  /^(?:fails-(?:on|with)-[a-z-]+|breaks-on-start|never-stops|stuck-starting|broken-disk|unlucky-\d+|🦊 .*)$/u

/** Whether an instance of the sandbox with this name is a test fixture. */
export const isFixture = (name: string | undefined): boolean => fixtures.test(name ?? '')
