import { afterAll } from 'vitest'
import { permittedExtension } from '../../scripts/browser/permitted'

/** The folder of an extension with all its optional permissions given; it goes after the tests of the file. */
export async function permittedFolder(): Promise<string> {
  const { folder, remove } = await permittedExtension()
  afterAll(remove)
  return folder
}
