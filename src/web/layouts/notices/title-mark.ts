/** The title that the tab has until a person sees it. */

let mark: HTMLTitleElement | undefined

/** Browsers show the first title of a document, and pages go on writing their own. */
export function markTitle(text: string): void {
  if (!mark) {
    mark = document.createElement('title')
    document.head.prepend(mark)
  }
  mark.textContent = text
}

export function unmarkTitle(): void {
  mark?.remove()
  mark = undefined
}
