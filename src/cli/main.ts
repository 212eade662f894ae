#!/usr/bin/env node
import { openTerminal } from './terminal.js'
import { run } from './run.js'
const terminal = openTerminal(process)
process.exitCode = await run({cwd: process.cwd(), globs: process.argv.slice(2), strict:false,verbose:false,watch:false}, terminal)
