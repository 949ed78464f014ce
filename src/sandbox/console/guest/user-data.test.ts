import { gzipSync } from 'node:zlib'

import { expect, test } from 'vitest'

import { readUserData, type Facts } from './user-data.ts'

const read = (text: string, facts?: Facts) =>
  readUserData(Buffer.from(text).toString('base64'), facts)

const config = '#cloud-config\nhostname: counter\n'

test.each([
  config,
  `\n${config}`,
  ` \t${config}`,
  config.replace('cloud-config', 'Cloud-Config'),
  config.replaceAll('\n', '\r\n'),
  `#cloud-config-archive\n- "hostname: counter"\n`,
  `#cloud-config-archive\n- type: text/cloud-config\n  content: |\n    hostname: counter\n`,
  `## template: jinja\n#cloud-config\nhostname: counter{# nothing #}\n`,
  `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/cloud-config\n\nhostname: counter\n--x--\n`,
])('cloud-config in the form %j is followed', (text) => {
  expect(read(text)).toMatchObject({ hostname: 'counter' })
  expect(read(text).fault).toBeUndefined()
})

test('it may be packed', () => {
  expect(readUserData(gzipSync(config).toString('base64'))).toMatchObject({
    hostname: 'counter',
  })
})

test('a script with CRLF runs without the CRs', () => {
  expect(read('#!/bin/sh\r\necho a\r\n').once).toBe('#!/bin/sh\necho a\n')
})

test('a script after white space is a script, but no program', () => {
  expect(read('\n#!/bin/sh\necho a\n')).toMatchObject({
    fault: 'Exec format error. Missing #! in script?',
  })
})

test('a boothook runs at each boot', () => {
  expect(read('#cloud-boothook\r\n#!/bin/sh\r\necho a\r\n').each).toBe(
    '#!/bin/sh\necho a\n',
  )
})

test.each(['\ufeff#cloud-config\nhostname: counter\n', '\ufeff#!/bin/sh\n', 'echo a\n'])(
  'what cloud-init does not understand is a fault: %j',
  (text) => {
    const data = read(text)
    expect(data.fault).toMatch(/does not understand/)
    expect(data.hostname ?? data.once).toBeUndefined()
  },
)

test('templates know the instance, and say what they do not', () => {
  const facts = { local_hostname: 'web-01', availability_zone: 'ch-gva-2' }
  const template = `## template: jinja
#cloud-config
hostname: {{ v1.local_hostname }}
write_files:
  - { path: /zone, content: '{{availability-zone}} {{ ds.x }}' }
`
  expect(read(template, facts)).toMatchObject({
    hostname: 'web-01',
    files: [{ path: 'zone', content: 'ch-gva-2 CI_MISSING_JINJA_VAR/ds.x' }],
  })
  expect(read('## template: jinja\n#!/bin/sh\n{% if a %}b{% endif %}').fault).toBeDefined()
})

test('all parts of a message are followed, each encoded in its own way', () => {
  const part = (type: string, body: string, encoding = '') =>
    `--x\r\nContent-Type: ${type}\r\n${encoding}\r\n${body}\r\n`
  const data = read(
    [
      'Content-Type: multipart/mixed; boundary="x"\r\nMIME-Version: 1.0\r\n\r\n',
      part('text/cloud-config', 'hostname: first\r\nruncmd: [echo c]'),
      part('text/cloud-config', 'hostname: second'),
      part(
        'text/x-shellscript',
        Buffer.from('#!/bin/sh\necho a\n').toString('base64'),
        'Content-Transfer-Encoding: base64\r\n',
      ),
      part(
        'text/x-shellscript',
        '#!/bin/sh=0Aecho =C3=A9',
        'Content-Transfer-Encoding: quoted-printable\r\n',
      ),
      part('text/cloud-boothook', '#!/bin/sh\r\necho each'),
      part('image/png', 'x'),
      '--x--\r\n',
    ].join(''),
  )

  expect(data).toMatchObject({ hostname: 'second', each: '#!/bin/sh\necho each' })
  expect(data.fault).toMatch(/does not understand/)
  const order = ['echo a', 'echo é', 'echo c'].map((text) => data.once?.indexOf(text) ?? -1)
  expect(order.every((at) => at > 0)).toBe(true)
  expect(order.toSorted((a, b) => a - b)).toEqual(order)
})

test('a bad one is a fault, never an error', () => {
  expect(read('#cloud-config\na: [').fault).toMatch(/^cannot read the user data/)
  expect(read('#cloud-config\n- a').fault).toBe('the cloud-config is not a map')
  expect(read('#include\nhttps://example.com').fault).toMatch(/no network/)
  expect(readUserData('H4sIAAAA').fault).toBeDefined()
})
