const MAX_FILES = 1000
const MAX_DEPTH = 8

/** Sizes in bytes of the files in the origin private file system, by path. */
export async function readFiles(cuts: string[]): Promise<Map<string, number>> {
  const files = new Map<string, number>()
  const walk = async (folder: FileSystemDirectoryHandle, path: string, depth: number): Promise<void> => {
    // lib.dom declares the iteration of folders in a library of its own.
    const entries = folder as unknown as AsyncIterable<[string, FileSystemHandle]>
    for await (const [name, handle] of entries) {
      if (files.size >= MAX_FILES || depth > MAX_DEPTH) {
        cuts.push(`only ${files.size} files were read`)
        return
      }
      if (handle.kind === 'directory')
        await walk(handle as FileSystemDirectoryHandle, `${path}${name}/`, depth + 1)
      else files.set(`${path}${name}`, (await (handle as FileSystemFileHandle).getFile()).size)
    }
  }
  await walk(await navigator.storage.getDirectory(), '', 0)
  return files
}
