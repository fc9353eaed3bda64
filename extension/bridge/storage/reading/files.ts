import { errorText } from '../../snapshot'
import type { Draft } from '../stored'
import type { Budget } from './budget'

const MAX_FILES = 1000
const MAX_DIRECTORIES = 1000

/**
 * Lists the files and directories of the origin private file system, those near its top first. Files are asked for
 * their size only: nothing is opened, created or locked (https://fs.spec.whatwg.org/).
 */
export async function readFiles(draft: Draft, budget: Budget): Promise<void> {
  const queue = [{ directory: await navigator.storage.getDirectory(), path: '' }]
  let files = 0
  for (let at = 0; at < queue.length; at++) {
    const next = queue[at]
    if (!next) break
    const { path } = next
    try {
      for await (const [name, handle] of next.directory) {
        await budget.turn()
        if (budget.over) {
          draft.gaps.push({ kind: 'time-limit', side: 'now', area: 'files', read: files })
          return
        }
        if (handle.kind === 'directory') {
          draft.add('directory', '', `${path}${name}`, { kind: 'directory', path: `${path}${name}` }, '')
          if (queue.length > MAX_DIRECTORIES) {
            draft.gaps.push({
              kind: 'count-limit',
              side: 'now',
              of: 'directories',
              container: '',
              unread: null,
            })
            return
          }
          queue.push({ directory: handle as FileSystemDirectoryHandle, path: `${path}${name}/` })
          continue
        }
        if (++files > MAX_FILES) {
          draft.gaps.push({ kind: 'count-limit', side: 'now', of: 'files', container: '', unread: null })
          return
        }
        await readFile(draft, handle as FileSystemFileHandle, `${path}${name}`)
      }
    } catch (error) {
      // It was removed since its parent was listed.
      if (error instanceof DOMException && error.name === 'NotFoundError') continue
      draft.gaps.push({ kind: 'unreadable', side: 'now', area: 'files', detail: errorText(error) })
      return
    }
  }
}

async function readFile(draft: Draft, handle: FileSystemFileHandle, path: string): Promise<void> {
  try {
    const { size, lastModified } = await handle.getFile()
    draft.add('file', '', path, { kind: 'file', path, size, digest: null }, `${size} ${lastModified}`)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return
    throw error
  }
}

/** The file at a path of the origin private file system; null where there is none, or it can't be read. */
export async function openFile(path: string): Promise<File | null> {
  try {
    const parts = path.split('/')
    let directory = await navigator.storage.getDirectory()
    for (const part of parts.slice(0, -1)) directory = await directory.getDirectoryHandle(part)
    return await (await directory.getFileHandle(parts.at(-1) ?? '')).getFile()
  } catch {
    return null
  }
}
