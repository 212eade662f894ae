/** Where a workflow of GitHub lives. */
export const WORKFLOW_PATH = '.github/workflows/lawful.yml'

/** A workflow that runs all laws files and keeps the page with the pictures. */
export const WORKFLOW = `name: lawful

on: [push, pull_request]

permissions:
  contents: read

jobs:
  laws:
    runs-on: ubuntu-latest
    strategy:
      fail-fast: false
      matrix:
        node: [20, 22]
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: \${{ matrix.node }}
          cache: npm
      - run: npm ci
      - run: npx lawful --reporter default,json,html --outputFile report/lawful.json
      - uses: actions/upload-artifact@v4
        if: \${{ !cancelled() }}
        with:
          name: lawful-node-\${{ matrix.node }}
          path: report/
`
