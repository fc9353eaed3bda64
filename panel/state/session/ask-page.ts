import { type PageAnswer, type PageRequest, refusal } from '../../../protocol/page-requests'
import { request } from './session'

/** Has a page of this storage key do something. Resolves with what became of it, also where it was refused. */
export async function askPage(storageKey: string, what: PageRequest): Promise<PageAnswer> {
  const command = crypto.randomUUID()
  try {
    return await request((background) => background.askPage(storageKey, what, command))
  } catch (error) {
    return refusal('rejected', error instanceof Error ? error.message : String(error))
  }
}
