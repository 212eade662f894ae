import { existsSync, readFileSync } from 'node:fs'

/** The version of the kit, from its manifest. */
export function kitVersion(): string {
  // The manifest is one level further up from where the sources are built to.
  const manifest = ['../../package.json', '../../../package.json']
    .map((path) => new URL(path, import.meta.url))
    .find((url) => existsSync(url))
  return (JSON.parse(readFileSync(manifest!, 'utf8')) as { readonly version: string }).version
}
