// The least that shows rows for a typed key: names in memory, one table, no framework. `keystroke` measures it as it
// measures a build's list, so a goal that is below it can't be reached by any list.
import { once } from 'node:events'
import { createServer } from 'node:http'

const page = `<!doctype html>
<title>Plain list</title>
<style>
  body { font: 14px sans-serif }
  table { table-layout: fixed; width: 100% }
  td, th { height: 35px; padding: 0 12px; text-align: left; border-bottom: 1px solid #ddd }
</style>
<div id="root">
  <input aria-label="Search instances">
  <table><tbody></tbody></table>
</div>
<script type="module">
  const names = await (await fetch('/names')).json()
  const table = document.querySelector('table')
  const body = table.tBodies[0]
  const input = document.querySelector('input')
  // As many rows and columns as a build's list has in sight.
  const rows = Array.from({ length: 24 }, () => {
    const row = body.insertRow()
    const head = document.createElement('th')
    head.scope = 'row'
    row.append(head)
    for (let at = 0; at < 8; at += 1) row.insertCell()
    return row
  })
  const show = () => {
    const found = names.filter((name) => name.includes(input.value))
    for (const [at, row] of rows.entries()) {
      row.hidden = at >= found.length
      for (const cell of row.cells) cell.textContent = found[at] ?? ''
    }
    table.setAttribute('aria-rowcount', found.length + 1)
  }
  input.addEventListener('input', show)
  show()
</script>`

/** Starts a server of the page with these names; answers its address and how to end it. */
export async function servePlainList(list) {
  const names = JSON.stringify(list)
  const server = createServer((request, response) => {
    const isPage = request.url !== '/names'
    response.setHeader('content-type', isPage ? 'text/html' : 'application/json')
    response.end(isPage ? page : names)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  return { url: `http://127.0.0.1:${port}`, end: () => server.close() }
}
