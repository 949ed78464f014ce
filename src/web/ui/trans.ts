/**
 * Shows a message with tags in it, as Lingui's own component, which the macro would use
 * (lingui.config.ts). Lingui puts texts into a message before it looks for tags, so that of a name
 * like `web<1/>` a part would be taken for a tag and go missing.
 */
import { Trans as LinguiTrans, type TransProps } from '@lingui/react'
import { createElement, Fragment, type ReactElement } from 'react'

/** A message whose values are shown whole, whatever is in them. */
export function Trans(props: TransProps): ReactElement {
  const { values } = props
  if (!values) return createElement(LinguiTrans, props)
  const whole = Object.fromEntries(
    Object.entries(values).map(([name, value]: [string, unknown]) => [
      name,
      // What is no text is put in after the tags are found.
      typeof value === 'string' && value.includes('<')
        ? createElement(Fragment, null, value)
        : value,
    ]),
  )
  return createElement(LinguiTrans, { ...props, values: whole })
}
