import { needsPreflight as asksBefore } from '../../protocol/cors'

/**
 * Whether CORS asks the server before such a request, which Background Fetch does not do; null where the request
 * can't be read.
 */
export function needsPreflight(request: Request, origin: string): boolean | null {
  try {
    return asksBefore(request, origin)
  } catch {
    return null
  }
}
