/** What questions need to know of a second person; apart from what every page loads. */
import type { EndpointId } from '#contract/endpoints.ts'

import { useFourEyes, type Waiting } from './four-eyes.ts'

/** Whether an operation needs a second person, as far as the page knows. */
export const useNeedsSecond = (endpoint: EndpointId | undefined): boolean =>
  useFourEyes(({ needed }) => endpoint !== undefined && needed.includes(endpoint))

/** Whether an answer says that a second person was asked, and nothing was sent. */
export const waits = (answer: unknown): answer is Waiting =>
  typeof answer === 'object' && answer !== null && 'waits' in answer
