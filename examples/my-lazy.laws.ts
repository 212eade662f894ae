import { lazy } from 'lawful'
import { describeLaws } from 'lawful/vitest'
import { MyLazy } from './my-lazy.js'

describeLaws(
  lazy({
    name: 'MyLazy',
    create: (factory) => new MyLazy(factory),
  }),
)
