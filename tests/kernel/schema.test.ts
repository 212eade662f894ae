import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, it } from 'vitest'
import { check, lazy, thenable } from '../../src/index.js'

const schema = JSON.parse(readFileSync(new URL('../../schema/report.schema.json', import.meta.url), 'utf8'))
const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema)

it('reports keep to the published schema, broken laws and all', async () => {
  const broken = lazy({ name: 'twice', create: (factory) => ({ get: async () => factory() }) })
  const sound = thenable({
    name: 'native',
    deferred() {
      let functions!: { resolve: (value: unknown) => void; reject: (reason: unknown) => void }
      const promise = new Promise((resolve, reject) => {
        functions = { resolve, reject }
      })
      return { promise, ...functions }
    },
  })
  const reports = [await check(broken, { runs: 100 }), await check(sound, { runs: 100 })]
  expect(reports[0]?.verdicts.some(({ verdict }) => verdict === 'violated')).toBe(true)
  validate(JSON.parse(JSON.stringify(reports)))
  expect(validate.errors).toBeNull()
})
