import { installTime } from './host/time.js'

installTime()
