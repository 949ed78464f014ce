/** The least that a page of our stack can be: one query behind a router, and one row. */
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { BrowserRouter, Route, Routes } from 'react-router'

function Page() {
  const { data } = useQuery({
    queryKey: ['session'],
    queryFn: async () => (await fetch('/api/session')).json(),
  })
  return data ? (
    <table>
      <tbody>
        <tr>
          <th scope="row">{data.person.name}</th>
        </tr>
      </tbody>
    </table>
  ) : null
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
