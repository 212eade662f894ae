import run from './cases.cjs'

/** The work that the laws of `offload` have a worker pool do, one function a case. A worker that runs it is all an adapter needs. */
export const { echo, exit, never, rejectReason, spin, throwReason, unclonable } = run
export default run
