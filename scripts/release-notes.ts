// Prints the notes of a release: `tsx scripts/release-notes.ts v1.2.3`, where that is the version to release.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { root } from './browser/launch'
import { notesOf } from './package/changelog'

const PackageJson = v.object({ version: v.string() })

const [, , tag = ''] = process.argv
const { version } = v.parse(PackageJson, JSON.parse(await readFile(join(root, 'package.json'), 'utf8')))
const notes = notesOf(await readFile(join(root, 'CHANGELOG.md'), 'utf8'), version)
if (tag !== `v${version}`) {
  console.error(`The tag is “${tag}”, and package.json has version ${version}.`)
  process.exitCode = 1
} else if (!notes) {
  console.error(`CHANGELOG.md has no notes for ${version}.`)
  process.exitCode = 1
} else console.log(notes)
