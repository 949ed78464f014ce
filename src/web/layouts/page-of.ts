/** The page of an address: the tabs of one instance are one page. */
export const pageOf = (pathname: string): string =>
  pathname.split('/').slice(0, 4).join('/')
