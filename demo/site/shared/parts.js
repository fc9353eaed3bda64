// @ts-check
// The plan of each running download lies as a file parts/<id>.part in the origin's private file system.

async function folder() {
  const root = await navigator.storage.getDirectory()
  return root.getDirectoryHandle('parts', { create: true })
}

/**
 * @param {string} id
 * @param {string} text
 */
export async function writePart(id, text) {
  const file = await (await folder()).getFileHandle(`${id}.part`, { create: true })
  const stream = await file.createWritable()
  await stream.write(text)
  await stream.close()
}

/** @param {string} id */
export async function removePart(id) {
  await (await folder()).removeEntry(`${id}.part`).catch((error) => {
    if (error.name !== 'NotFoundError') throw error
  })
}

/** @returns {Promise<string[]>} the names of the part files */
export async function listParts() {
  const names = []
  for await (const name of (await folder()).keys()) names.push(name)
  return names
}
