import { asyncProperty } from 'lawful/awaitables'

/** A property that is awaited: run with `npx tsx examples/async-property.ts`, since no engine reads decorators yet. */
class Article {
  static requests = 0

  constructor(readonly id: number) {}

  @asyncProperty
  get title(): Promise<string> {
    return this.#request('title')
  }

  @asyncProperty
  comments(): Promise<string> {
    return this.#request('comments')
  }

  async #request(what: string): Promise<string> {
    const request = ++Article.requests
    await new Promise((resolve) => setTimeout(resolve, 10))
    if (this.id === 0) throw new Error(`no article 0 (request ${request})`)
    return `${what} of ${this.id}`
  }
}

class Review extends Article {
  override get title(): Promise<string> {
    return super.title.then((title) => `review: ${title}`)
  }
}

// Read twice at once, and again: one request for each instance.
const [lamp, table] = [new Article(1), Object.freeze(new Article(2))]
console.log(await Promise.all([lamp.title, lamp.title, table.title]))
console.log(await lamp.title, await lamp.comments(), await new Review(3).title)
const isOnce = Article.requests === 4

// A failure is told to all who wait, and is not kept.
const none = new Article(0)
const reasons = await Promise.allSettled([none.title, none.title, none.title.catch(() => none.title)])
console.log(reasons.map((result) => result.status === 'rejected' && result.reason.message))
const isRetried = Article.requests === 6

process.exitCode = isOnce && isRetried ? 0 : 1
