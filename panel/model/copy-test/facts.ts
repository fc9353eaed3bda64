import type { SeenRequest } from '../../../protocol/seen-requests'
import type { Check } from './checks'
import type { TestMoment } from './moment'

/** What runs a script. */
export type TestApi = 'puppeteer' | 'playwright'

/** What a script is made of. */
export interface TestFacts {
  /** URL of the page. */
  readonly page: string
  readonly scope: string
  readonly id: string
  /** Null where the page is to start the fetch. */
  readonly requests: readonly SeenRequest[] | null
  /** 0 for none. */
  readonly downloadTotal: number
  readonly moment: TestMoment
  /** Items that are not to be there. */
  readonly checks: readonly Check[]
  /** What was observed and what is not known, in sentences. */
  readonly about: readonly string[]
}
