import { expect, test } from 'vitest'

import { cloudInitKind, mimeParts, partKind, readMime, unixLines } from './cloud-init.ts'

test.each([
  ['', 'empty'],
  [' \n\t\r\n', 'empty'],
  ['#cloud-config\npackages: []', 'cloud-config'],
  ['\n\n#cloud-config\n', 'cloud-config'],
  ['  #cloud-config\n', 'cloud-config'],
  ['\u00a0#cloud-config\n', 'cloud-config'],
  ['#Cloud-Config\r\n', 'cloud-config'],
  ['#CLOUD-CONFIG', 'cloud-config'],
  // Only how it begins counts.
  ['#cloud-configuration', 'cloud-config'],
  ['#cloud-config-archive\n- a', 'archive'],
  ['#cloud-config-jsonp\n[]', 'json-patch'],
  ['## template: jinja\n#cloud-config', 'jinja'],
  ['## Template: Jinja\n#!/bin/sh', 'jinja'],
  ['##template: jinja\n', 'unknown'],
  ['#cloud-boothook\n#!/bin/sh', 'boothook'],
  ['#!/bin/sh\n', 'script'],
  ['\n#!/bin/sh', 'script'],
  ['#include\nhttps://example.com', 'include'],
  ['#include-once', 'include'],
  ['#part-handler\n', 'part-handler'],
  // A byte order mark is no white space.
  ['\ufeff#cloud-config\n', 'unknown'],
  ['\ufeff#!/bin/sh\n', 'unknown'],
  ['packages: []', 'unknown'],
  ['# cloud-config\n', 'unknown'],
  ['echo hello', 'unknown'],
  ['MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n', 'multipart'],
  ['content-type: multipart/mixed;\n boundary="x"\nmime-version: 1.0\n\n', 'multipart'],
  // Without a MIME version, it isn't read as a message.
  ['Content-Type: multipart/mixed; boundary=x\n\n', 'unknown'],
  ['MIME-Version: 1.0\nContent-Type: text/cloud-config\n\na: 1', 'cloud-config'],
  ['MIME-Version: 1.0\nContent-Type: text/plain\n\n#!/bin/sh', 'script'],
  ['MIME-Version: 1.0\nContent-Type: text/x-shellscript\n\n#cloud-config', 'cloud-config'],
  // No header begins it, so all of it is the body.
  ['#cloud-config\n# mime-version: 1.0\n', 'cloud-config'],
  [`#!/bin/sh\n${'x'.repeat(5000)}\nmime-version: 1.0`, 'script'],
])('cloud-init takes %j for %s', (text, kind) => {
  expect(cloudInitKind(text)).toBe(kind)
})

test.each(['\n', '\r\n'])('the parts of a message, with line ends %j', (end) => {
  const message = [
    'Content-Type: multipart/mixed; boundary="==a b=="',
    'MIME-Version: 1.0',
    '',
    'A preamble.',
    '--==a b==',
    'Content-Type: text/cloud-config',
    '',
    'packages: [nginx]',
    '',
    '--==a b==',
    'Content-Type: multipart/mixed; boundary=inner',
    '',
    '--inner',
    'Content-Type: text/x-shellscript; charset="utf-8"',
    'Content-Transfer-Encoding: base64',
    '',
    'IyEvYmluL3No',
    '--inner--',
    '--==a b==--',
    'An epilogue.',
  ].join(end)

  expect(mimeParts(readMime(message))).toEqual([
    { type: 'text/cloud-config', encoding: '', body: `packages: [nginx]${end}` },
    { type: 'text/x-shellscript', encoding: 'base64', body: 'IyEvYmluL3No' },
  ])
})

test('a part is what its type says, or what it begins with where that says little', () => {
  expect(partKind('text/cloud-config', '#!/bin/sh')).toBe('cloud-config')
  expect(partKind('text/plain', '#!/bin/sh')).toBe('script')
  expect(partKind('text/x-shellscript', 'echo')).toBe('script')
  expect(partKind('text/plain', 'hello')).toBe('unknown')
  expect(partKind('image/png', '#!/bin/sh')).toBe('unknown')
})

test('a script whose first line ends with CRLF is written with LF', () => {
  expect(unixLines('#!/bin/sh\r\necho a\r\n')).toBe('#!/bin/sh\necho a\n')
  expect(unixLines('#!/bin/sh\necho a\r\n')).toBe('#!/bin/sh\necho a\r\n')
  expect(unixLines('#!/bin/sh')).toBe('#!/bin/sh')
})
