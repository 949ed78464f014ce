/**
 * Lets `fill` reach React in Firefox. Over WebDriver BiDi Playwright sets the field's value in the page’s own
 * world, where React watches that property and then takes the event for one without a change. The
 * browser's own editing is what a person does.
 */
import type { BrowserContext } from '@playwright/test'

export const insertAsPeopleDo = (context: BrowserContext) =>
  context.addInitScript(() =>
    Object.defineProperty(window, '__pw_bidiInsertText', {
      get: () => (text: string) => void document.execCommand('insertText', false, text),
      // Playwright would put its own here.
      set: () => {},
    }),
  )
