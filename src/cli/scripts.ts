import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseReplay } from '../core/replay.js'
import type { LawVerdict } from '../core/report.js'
import { fileName } from '../render/file-name.js'
import { renderScript } from '../render/script.js'
import type { SuiteRecord } from '../runners/record.js'
import type { FileResult } from './collector.js'
import { extractPreamble, type Statement, type TransformedModule } from './preamble.js'

/** Where the reproduction of each broken law has been written. */
export type ScriptPaths = ReadonlyMap<LawVerdict, string>

/** Turns JavaScript into a syntax tree. */
export type Parse = (code: string) => unknown

const FOLDER = '.lawful'

/** Writes a stand-alone reproduction of every counterexample. */
export async function writeScripts(
  cwd: string,
  results: readonly FileResult[],
  parse: Parse,
): Promise<ScriptPaths> {
  const paths = new Map<LawVerdict, string>()
  for (const { module, records } of results) {
    const broken = records.flatMap((record) =>
      (record.report?.verdicts ?? []).flatMap((verdict) =>
        verdict.counterexample ? [{ record, verdict }] : [],
      ),
    )
    if (broken.length === 0) continue
    const code = (await module?.viteEnvironment?.transformRequest(module.moduleId))?.code ?? ''
    const { body } = parse(code) as { readonly body: readonly Statement[] }
    for (const { record, verdict } of broken) {
      const path = `${FOLDER}/${fileName(`${verdict.law}-${record.subject}.mjs`)}`
      mkdirSync(join(cwd, FOLDER), { recursive: true })
      const source = { code, body, path: module?.moduleId ?? '' }
      writeFileSync(join(cwd, path), scriptOf(record, verdict, source, cwd))
      paths.set(verdict, path)
    }
  }
  return paths
}

function scriptOf(
  { subject, laws, members, views }: SuiteRecord,
  { law, counterexample }: LawVerdict,
  module: TransformedModule & { readonly path: string },
  cwd: string,
): string {
  const { kind = 0 } = parseReplay(counterexample!.replay) ?? {}
  const preamble = extractPreamble(module, members, { cwd, from: join(cwd, FOLDER), path: module.path })
  const { statement = '' } = laws[law] ?? {}
  return renderScript({
    subject,
    law,
    statement,
    counterexample: counterexample!,
    views: views[kind] ?? [],
    ...preamble,
  })
}
