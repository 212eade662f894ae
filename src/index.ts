import { lazy } from './catalogue.js'
import { type CheckOptions, check as checkOn } from './core/check.js'
import type { Suite } from './core/protocol.js'
import type { Report } from './core/report.js'
import { detectHost } from './host/host.js'

const host = detectHost()
const check = (suite: Suite, options?: CheckOptions): Promise<Report> => checkOn(host, suite, options)

export { check, lazy }
