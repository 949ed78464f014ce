/** Takes one screenshot in its full size and says what it shows; only that is kept, and no image. */
import { queryOptions } from '@tanstack/react-query'

import { grabFrame } from '../../../../screen/glance/grab-frame.ts'
import type { SeenScreen } from './why-checks.ts'

/** The text lens is loaded with the first screen that is read. */
const loadLens = () =>
  Promise.all([
    import('../../../../console/lens/read-screen.ts'),
    import('../../../../console/lens/explain.ts'),
  ])

async function look(
  target: { zone: string; id: string },
  signal: AbortSignal,
): Promise<SeenScreen> {
  // Scaled pixels can't be read.
  const { picture, at } = await grabFrame(target, Infinity, signal)
  const context = picture.getContext('2d')
  if (!context) throw new Error('This browser doesn’t support canvas.')
  const pixels = context.getImageData(0, 0, picture.width, picture.height)
  const [{ readScreen }, { explain }] = await loadLens()
  const text = readScreen(pixels)
  return { at, found: text ? (explain(text.lines) ?? 'text') : 'graphics' }
}

export const screenMomentQuery = (zone: string, id: string) =>
  queryOptions({
    queryKey: ['screen-moment', zone, id],
    queryFn: ({ signal }) => look({ zone, id }, signal),
    staleTime: 30_000,
    retry: false,
  })
