/** How many primes there are below a number, found the slow way: it blocks whatever thread it runs in. */
export function primesBelow(limit) {
  if (!(limit >= 0)) throw new RangeError('there is no such limit')
  let count = 0
  for (let n = 2; n < limit; n++) if (isPrime(n)) count++
  return count
}

function isPrime(n) {
  for (let divisor = 2; divisor * divisor <= n; divisor++) if (n % divisor === 0) return false
  return true
}
