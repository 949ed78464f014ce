/**
 * Turns presenter mode on and off in this tab. It lasts as long as the tab, so that the next visit isn't masked unexpectedly. It
 * stands beside the page and not in it, so it also covers what is outside the usual frame. The script in `index.html`
 * hides the page until then, and loading this turns the mode on if it was on.
 */
import { I18nProvider } from '@lingui/react'
import { createRoot, type Root } from 'react-dom/client'
import { create } from 'zustand'

import { i18n } from '../../i18n.ts'
import { stayHidden } from './load-failed.ts'
import { PresenterLayer } from './PresenterLayer.tsx'

const key = 'vedette:presenter'

export const usePresenter = create(() => ({ isOn: false }))

let shown: { root: Root; place: HTMLElement } | undefined

function store(isOn: boolean): void {
  try {
    if (isOn) sessionStorage.setItem(key, 'on')
    else sessionStorage.removeItem(key)
  } catch {
    // It then lasts as long as the page.
  }
}

/** Turns presenter mode on, or off; doing so twice is harmless. */
export function present(isOn: boolean): void {
  store(isOn)
  usePresenter.setState({ isOn })
  if (!isOn) {
    shown?.root.unmount()
    shown?.place.remove()
    shown = undefined
    return
  }
  if (shown) return
  const place = document.body.appendChild(document.createElement('div'))
  // A layer that failed masks nothing any more.
  const onUncaughtError = (error: unknown) => {
    document.documentElement.dataset['unmasked'] = ''
    stayHidden()
    reportError(error)
  }
  shown = { root: createRoot(place, { onUncaughtError }), place }
  shown.root.render(
    <I18nProvider i18n={i18n}>
      <PresenterLayer onLeave={() => present(false)} />
    </I18nProvider>,
  )
}

if ('unmasked' in document.documentElement.dataset) present(true)
