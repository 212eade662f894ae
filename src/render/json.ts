import type { Report } from '../core/report.js'

/** Reports as JSON. Keys stand in the order in which the report was built, so equal reports give equal bytes. */
export const renderJson = (reports: readonly Report[]): string => `${JSON.stringify(reports, undefined, 2)}\n`
