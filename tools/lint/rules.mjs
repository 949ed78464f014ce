// Lint rules of this repository, which oxlint loads: texts are in the catalogue, placeholders in
// messages have names, and each cast says why.

const choices = new Set(['plural', 'select', 'selectOrdinal', 'ph'])
// The attributes, props and fields whose value a person reads or hears.
const read =
  /^(aria-(label|description|roledescription|valuetext)|title|label|placeholder|alt|hint|heading|description|reason|message|text)$/
const words = /\p{L}{2}/u
// The same in every language.
const ownNames =
  /\b(Exoscale|IPv[46]|MD5|RFB|Red Hat|Rocky Linux|TPM|UEFI|Vedette|ssh|vCPU)\b/gi
const sentence = /^\p{Lu}[\p{Ll}’']*\s+\S/u

/** The name of what is called: `t` in both t`…` and t({ … }). */
function calleeName(node) {
  const callee = node.type === 'TaggedTemplateExpression' ? node.tag : node.callee
  return callee?.type === 'Identifier' ? callee.name : undefined
}

/** Notes what a file takes from Lingui's macros; `Select` is also a component of ours. */
function macroFinder() {
  const names = new Set(['t'])
  return {
    ImportDeclaration(node) {
      if (/^@lingui\/(react|core)\/macro$/.test(node.source.value))
        for (const { local } of node.specifiers) names.add(local.name)
    },
    isMacro: (node) =>
      (node.type === 'JSXElement' && names.has(node.openingElement.name.name)) ||
      ((node.type === 'TaggedTemplateExpression' || node.type === 'CallExpression') &&
        names.has(calleeName(node))),
  }
}

const inTypes = /^TS(?!As|Satisfies|NonNull)/

/** Whether a person never reads the string: types, names of modules, errors for developers. */
const isUnread = (node) =>
  inTypes.test(node.type) ||
  node.type.startsWith('Import') ||
  node.type === 'ThrowStatement' ||
  (node.type === 'NewExpression' && node.callee.name?.endsWith('Error'))

/** Whether a string is a code by the looks of it: one word without a capital. */
const isCode = (text) => /^[^\p{Lu}\s]*$/u.test(text)

/** How a string reaches the page: `read`, `unread`, or `other` where only its looks can tell. */
function placeOf(node, text) {
  for (let at = node, up = node.parent; up; at = up, up = up.parent) {
    if (up.type === 'JSXAttribute') return read.test(up.name.name ?? '') ? 'read' : 'unread'
    if (up.type === 'JSXElement' || up.type === 'JSXFragment') return 'read'
    if (up.type === 'Property' && at === up.value)
      return read.test(up.key.name ?? up.key.value ?? '') && !isCode(text)
        ? 'read'
        : 'other'
    if (up.type === 'ConditionalExpression' && at === up.test) return 'other'
    if (up.type === 'CallExpression' || up.type === 'MemberExpression') return 'other'
    if (up.type === 'BinaryExpression' && up.operator !== '+') return 'unread'
    if (up.type.includes('Statement') || up.type.includes('Function')) return 'other'
  }
  return 'other'
}

/** Whether the page says of an element that it is the same in every language. */
const isUntranslated = (node) =>
  node.type === 'JSXElement' &&
  // Code says it of its content itself.
  (node.openingElement.name.name === 'Code' ||
    node.openingElement.attributes.some(
      ({ name, value }) => name?.name === 'translate' && value?.value === 'no',
    ))

/** An object with an id and a message is what the macros make; it is extracted by its comment. */
const isDescriptor = (node) =>
  node.type === 'ObjectExpression' &&
  ['id', 'message'].every((name) => node.properties.some(({ key }) => key?.name === name))

function isExempt(node, isMacro) {
  for (let up = node.parent; up; up = up.parent)
    if (isUnread(up) || isMacro(up) || isUntranslated(up) || isDescriptor(up)) return true
  return false
}

const textInCatalogue = {
  create(context) {
    const { ImportDeclaration, isMacro } = macroFinder()
    const check = (node, text) => {
      const own = text.replace(ownNames, '')
      if (!words.test(own)) return
      const place = placeOf(node, text)
      if (place === 'unread' || isExempt(node, isMacro)) return
      if (place === 'read' || sentence.test(own))
        context.report({
          node,
          message: 'Put this text in the catalogue: t`…` or <Trans>.',
        })
    }
    return {
      ImportDeclaration,
      JSXText: (node) => check(node, node.value),
      Literal(node) {
        if (typeof node.value === 'string') check(node, node.value)
      },
      TemplateLiteral: (node) =>
        check(node, node.quasis.map(({ value }) => value.raw).join('…')),
    }
  },
}

/** Whether an expression in a message has a name that its translator sees. */
const isNamed = (node) =>
  node.type === 'Identifier' ||
  node.type === 'JSXEmptyExpression' ||
  (node.type === 'Literal' && typeof node.value === 'string') ||
  node.type === 'TemplateLiteral' ||
  (node.type === 'ObjectExpression' && node.properties.length === 1) ||
  (node.type === 'CallExpression' && choices.has(calleeName(node)))

const namedPlaceholder = {
  create(context) {
    const { ImportDeclaration, isMacro } = macroFinder()
    const check = (node) => {
      if (!isNamed(node))
        context.report({
          node,
          message: 'Give this value a name: const name = …, then {name}.',
        })
    }
    const messageOf = (node) => {
      let up = node.parent
      while (up && (up.type === 'Property' || up.type === 'ObjectExpression'))
        up = up.parent
      return up && isMacro(up) && up.type !== 'JSXElement'
    }
    return {
      ImportDeclaration,
      TemplateLiteral(node) {
        if (messageOf(node)) node.expressions.forEach(check)
      },
      JSXExpressionContainer(node) {
        for (let up = node.parent; up; up = up.parent) {
          if (up.type === 'JSXAttribute') return
          if (isMacro(up)) return check(node.expression)
        }
      },
    }
  },
}

const comment = /\/\/|\/\*|^\s*\*/

const reasonForCast = {
  create(context) {
    const { lines } = context.sourceCode
    const hasComment = (line) =>
      comment.test((lines[line - 1] ?? '').replace(/'[^']*'|\w+:\/\//g, ''))
    return {
      TSAsExpression(node) {
        if (node.typeAnnotation.typeName?.name === 'const') return
        let start = node
        while (
          start.parent &&
          !/Statement|Declaration$|^Property|JSXAttribute/.test(start.type)
        )
          start = start.parent
        const near = [node, node.typeAnnotation, start].flatMap(({ loc }) => [
          loc.start.line,
          loc.start.line - 1,
        ])
        if (![...near, node.loc.end.line].some(hasComment))
          context.report({
            node: node.typeAnnotation,
            message: 'Say why this cast is right, on its line or the line above.',
          })
      },
    }
  },
}

export default {
  meta: { name: 'house' },
  rules: {
    'text-in-catalogue': textInCatalogue,
    'named-placeholder': namedPlaceholder,
    'reason-for-cast': reasonForCast,
  },
}
