/** Says that Vedette couldn't be loaded, with the sentence that came with `index.html`. */

const { dataset } = document.documentElement
// The first rendering removes it from the page.
const line = document.querySelector<HTMLElement>('#root .loading')

/** Without texts there is no page. */
export function showFailed(): void {
  if (line) line.textContent = line.dataset['failed'] ?? ''
}

/** The page of an audience stays hidden if its IP addresses can't be masked; only this is shown then. */
export function stayHidden(): void {
  if (!('unmasked' in dataset) || !line) return
  showFailed()
  document.body.append(line)
}
