import { createBuilder } from 'vite'
import { root } from './browser/launch'

/** Builds the extension into dist/, reading the configuration anew; says only what is wrong. */
export async function build(): Promise<void> {
  const builder = await createBuilder({ root, logLevel: 'warn' })
  await builder.buildApp()
}
