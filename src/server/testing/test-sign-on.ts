/** People who come to a console by an identity provider in tests, each with the cookies of a browser. */
import { afterAll, beforeEach } from 'vitest'

import type { PersonRow } from '#contract/people/people.ts'

import type { AppOptions } from '../options.ts'
import type { House, InHouse } from './test-house.ts'
import { TestPerson } from './test-people.ts'
import {
  ProviderVisitor,
  settingsOf,
  startProvider,
  type TestProvider,
} from './test-provider.ts'

/** Where people open the console under test, as the provider knows it. */
export const publicOrigin = 'https://vedette.example'

/** The options of a console whose people may come from this provider. */
export const withProvider = (provider: TestProvider): Partial<AppOptions> => ({
  publicUrl: new URL(publicOrigin),
  oidc: settingsOf(provider),
})

/** A provider for all tests of a file, each of which finds the same accounts. */
export async function startAcme(): Promise<TestProvider> {
  const acme = await startProvider({ origins: [publicOrigin] })
  afterAll(() => acme.stop())
  beforeEach(() => {
    acme.accounts.clear()
    acme.accounts.set('ada', { name: 'Ada Lovelace', groups: ['all', 'ops'] })
    acme.accounts.set('grace', { name: 'Grace Hopper', groups: ['leads'] })
    acme.accounts.set('eve', { name: 'Eve', groups: ['guests'] })
    acme.asked.length = 0
    acme.hangs = false
  })
  return acme
}

/** Tests in consoles whose people may come from this provider. */
export const housesOf =
  (provider: TestProvider) => (house: InHouse, use: (house: House) => Promise<void>) =>
    house(use, withProvider(provider))

/** The list that an admin sees. */
export const peopleOf = async (admin: TestPerson): Promise<PersonRow[]> =>
  (await admin.send('GET', '/api/people')).body as PersonRow[] // the contract's answer

type Came = {
  status: number
  /** Where a redirect leads. */
  location: string
  body: string
  set: string[]
}

export class SignOnVisitor {
  readonly #origin: string
  /** What the browser keeps at the provider. */
  readonly there = new ProviderVisitor()
  readonly cookies: Map<string, string>

  /** `cookies`: of the same browser at another server, to which a load balancer sent it before. */
  constructor(origin: string, cookies = new Map<string, string>()) {
    this.#origin = origin
    this.cookies = cookies
  }

  /** Goes to an address of the console, as a browser does without JavaScript. */
  async visit(address: string): Promise<Came> {
    const { pathname, search } = new URL(address, this.#origin)
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(`${this.#origin}${pathname}${search}`, {
      redirect: 'manual',
      headers: cookie ? { cookie } : {},
    })
    const set = response.headers.getSetCookie()
    for (const one of set) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? []
      if (value) this.cookies.set(name, value)
      else this.cookies.delete(name)
    }
    const location = response.headers.get('location') ?? ''
    return { status: response.status, location, body: await response.text(), set }
  }

  /** Begins a sign-in, enters an account at the provider, and returns the address that leads back. */
  async back(account: string, to = '/wall'): Promise<string> {
    const { location } = await this.visit(`/auth/start?to=${encodeURIComponent(to)}`)
    return this.there.signIn(location, account)
  }

  /** The whole way in. */
  async signIn(account: string, to?: string): Promise<Came> {
    return this.visit(await this.back(account, to))
  }

  /** Sends what the pages of this browser send. */
  get person(): TestPerson {
    const person = new TestPerson(this.#origin)
    const sid = this.cookies.get('__Host-sid')
    person.cookie = sid === undefined ? '' : `__Host-sid=${sid}`
    return person
  }
}
