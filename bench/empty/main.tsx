/** The floor of our stack: the same data behind a router and one query, as ten bare rows. */
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { BrowserRouter, Route, Routes } from 'react-router'

type Inventory = { zones: { instances: { id: string; name: string; state: string }[] }[] }

function Page() {
  const { data } = useQuery({
    queryKey: ['inventory'],
    queryFn: async (): Promise<Inventory> => (await fetch('/api/inventory')).json(),
  })
  const rows = data?.zones.flatMap(({ instances }) => instances).slice(0, 10)
  return (
    <table>
      <tbody>
        {rows?.map(({ id, name, state }) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            <td>{state}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const root = document.querySelector('#root')
if (root)
  createRoot(root).render(
    <QueryClientProvider client={new QueryClient()}>
      <BrowserRouter>
        <Routes>
          <Route path="*" element={<Page />} />
        </Routes>
      </BrowserRouter>
    </QueryClientProvider>,
  )
