import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Lets a site start one fetch without a click only, as browsers do by default: the other tests allow more. */
export async function askForDownloads(profile: string): Promise<void> {
  const preferences = join(profile, 'Default', 'Preferences')
  const { profile: _, ...others } = JSON.parse(await readFile(preferences, 'utf8'))
  await writeFile(preferences, JSON.stringify(others))
}
