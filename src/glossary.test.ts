/**
 * Checks that the texts that people read have no words that the glossary replaces. The messages are
 * those that Lingui's extractor finds, so a text without a macro isn't checked here.
 */
import { getCatalogs } from '@lingui/cli/api'
import { getConfig } from '@lingui/conf'
import { compileMessage, type CompiledMessage } from '@lingui/message-utils/compileMessage'
import { beforeAll, expect, test } from 'vitest'

type Text = { text: string; message: string; file: string }

type Rule = {
  /** The word or words to use. */
  use: string
  never: RegExp
  /** Whole messages that may keep such a word, each with the reason. */
  except?: Record<string, string>
  /** Files that the rule doesn't apply to. */
  outside?: RegExp
}

const rules: Rule[] = [
  {
    use: 'instance',
    never:
      /(?<!virtual )\bmachines?\b|\bVMs?\b|(?<!your (own )?)\bcomputers?\b|\bguests?\b/i,
    except: {
      'With GPUs. For machine learning and rendering.': 'the name of a field of work',
    },
  },
  { use: 'operating system', never: /\bsystem inside\b|\b(its|this|another) system\b/i },
  { use: 'template', never: /\bmade from\b|\b(template|disk|private|public) images?\b/i },
  { use: 'size', never: /\binstance types?\b|\bstrengths?\b/i },
  { use: 'zone, or the city’s name', never: /\bplaces?\b|\bregions?\b/i },
  { use: 'Exoscale', never: /\bplatforms?\b|\bproviders?\b/i },
  {
    use: 'Vedette',
    never: /\bthis console\b|\b(we|our|ours)\b/i,
    except: {
      'This console asks for a VNC password that Vedette doesn’t have.':
        'the console of an instance',
      'This console accepts characters directly, so the keyboard layout doesn’t matter.':
        'the console of an instance',
    },
  },
  {
    use: 'screen, screenshot, image',
    never: /\bpictures?\b|\bglances?\b|\btickets?\b|\b(a|first|take a) look\b|^look\b/i,
    except: { 'Look around': 'what a person does in the sandbox' },
  },
  { use: 'in progress', never: /\boperations? (is|are|was|were) (still )?running\b/i },
  {
    use: 'request',
    never: /(?<!in )\border(s|ed|ing)?\b|\b(tell|tells|telling|told)\b|\basked for\b/i,
  },
  { use: 'reject', never: /\brefus(e|es|ed|ing|al|als)\b|\bforb(id|ids|idden|ade)\b/i },
  { use: 'respond', never: /\banswer(s|ed|ing)?\b|\bsilent(ly)?\b/i },
  {
    use: 'create',
    never:
      /\b(is|are|was|were|been|be) made\b(?! smaller)|\bmakes? (a )?new\b|\b(is|are) there\b/i,
    except: {
      'The change may have been made anyway.': 'a change is made, not created',
      'The change may still have been made. Check before you try again.':
        'a change is made, not created',
    },
  },
  {
    use: 'delete, remove',
    never:
      /\bgone\b|\bfor good\b|\b(?<!since the )(disks?|instances?|keys?|snapshots?|volumes?) (is|are) lost\b|\b(take|takes|taken|taking) out\b|\bthrown? away\b/i,
  },
  {
    use: 'attach, detach, assign',
    never: /\bjoin(s|ed)?\b|\b(wear|wears|worn)\b|\bgiven\b|(?<!to )\bfree\b/i,
  },
  { use: 'release', never: /\b(give|gives|given|giving) up\b/i },
  {
    use: 'keep, save',
    never: /\bremember(s|ed)?\b|\b(data|disks?|labels?|notes?|volumes?) stays?\b/i,
    except: {
      'The name, IP addresses, security groups and labels stay the same.':
        'nothing is kept or saved: they do not change',
    },
  },
  { use: 'revert', never: /\b(go|goes|gone|going) back to\b|\broll(s|ed)? back\b/i },
  { use: 'reinstall', never: /\bbegins? again\b|\banew\b/i },
  {
    use: 'stop, start, reboot',
    never:
      /\bshuts? (off|down)\b|\bpower(s|ed)? (off|cycled?)\b|\bswitch(es|ed|ing)? o(ff|n)\b/i,
  },
  {
    use: 'rescue mode',
    never: /\brescue\b(?! mode| command)/i,
    except: { 'Rescue profile: {rescue}': 'the name of the API’s field' },
  },
  {
    use: 'turn on, turn off, deletion protection',
    never:
      /\b(en|dis)abl(e|es|ed|ing)\b|(?<!(Caps|Num|Scroll) )\block(s|ed|ing)?\b|\bunlock(s|ed|ing)?\b/i,
    // Accounts are disabled: they are no setting that is on or off.
    outside: /^src\/web\/(pages|components)\/people\//,
    except: {
      'Not enabled for your organization: {names}': 'what Exoscale support does',
      'Not enabled for your organization. Ask Exoscale support to enable it.':
        'what Exoscale support does',
    },
  },
  { use: 'allow', never: /\blets? (people |traffic )?in\b|\bopen to the world\b/i },
  {
    use: 'IP address, public IP address, elastic IP',
    never: /(?<!(IP|IPv4|IPv6|MAC|email|console) )\baddress(es)?\b/i,
    except: {
      'The console proxy rejected this address: {text}. The next attempt requests a new one.':
        'the console address',
      'Can’t reach the console proxy, or it rejected this address. Each address works only once, so the next attempt requests a new one.':
        'the console address',
      'No page at this address': 'the address of a page',
    },
  },
  { use: 'configure', never: /\bset inside\b/i },
  { use: 'make larger', never: /\bgrow(s|n|ing)?\b(?!…|( disk| volume))|\bgrew\b/i },
  { use: 'label, key and value', never: /\btags?\b|\bname and value\b/i },
  { use: 'user data', never: /\buser-data\b/i },
  {
    use: 'SSH key, public key, private key',
    never:
      /(?<!(SSH|API|public|private|label) )(?<!\blabels? .*)\bkeys?\b(?!.*\b(labels?|values?)\b)/i,
    outside: /^src\/web\/(console|screen|layouts\/palette)\//,
    except: {
      Key: 'the field for the key of a label',
      'Key name': 'a field of the form that adds an SSH key',
      'Add key': 'the button of the form that adds an SSH key',
      'Generate new key': 'a button of the form that adds an SSH key',
      'A virtual security chip that stores keys. You can add it later, but you can’t remove it.':
        'any cryptographic keys',
    },
  },
  { use: 'instance, node', never: /\bmembers?\b|\bin (its|their) place\b/i },
  { use: 'limit, documented maximum', never: /\bceilings?\b|\bthe most\b(?! recent)/i },
  { use: 'skipped, unknown', never: /\bleft (out|alone)\b|\bnot known\b/i },
  { use: 'log in, username', never: /\bgets? in\b|\buser names?\b/i },
  {
    use: 'someone, anyone, everyone, no one',
    never: /\b(somebody|anybody|everybody|nobody|whoever|people)\b/i,
    except: {
      People: 'the name of the page',
      'People · Vedette': 'the name of the page',
    },
  },
  {
    use: 'automatically, anyway, at the same time, afterward',
    never: /\bby (itself|themselves)\b|\ball the same\b|\bmeanwhile\b|\bafterwards\b/i,
  },
  { use: 'simulated', never: /\bpaint(s|ed)?\b/i },
  {
    use: 'American spelling',
    never: /\borganis|\bcancelled\b|\bcentres?\b|\bcolour|\bbehaviour|\bgrey\b/i,
  },
  { use: 'the name of what it is about', never: /^(It|Its|They|There is|There are)\b/ },
  {
    use: 'a contraction',
    never: /\b(do|does|did|is|are|was|were|can|could|will|would|has|have) ?not\b/i,
  },
]

/** A message's texts: one for each of its alternatives, with … for placeholders. */
function textsOf(message: CompiledMessage): string[] {
  const alternatives: string[] = []
  const whole = message
    .map((token) => {
      if (typeof token === 'string') return token
      const [, , format] = token
      if (typeof format !== 'object' || format === null) return '…'
      for (const choice of Object.values(format))
        if (Array.isArray(choice)) alternatives.push(...textsOf(choice))
      return '…'
    })
    .join('')
  return [whole, ...alternatives].map((text) => text.replace(/<\/?\d+\/?>/g, '').trim())
}

const texts: Text[] = []

beforeAll(async () => {
  for (const catalog of await getCatalogs(getConfig())) {
    const messages = Object.values((await catalog.collect()) ?? {})
    for (const { message = '', origin } of messages) {
      const file = origin?.[0]?.[0] ?? ''
      for (const text of textsOf(compileMessage(message)))
        texts.push({ text, message, file })
    }
  }
}, 120_000)

test('the messages of all pages are found', () => {
  const folders = new Set(texts.map(({ file }) => file.split('/')[2]))

  expect(texts.length).toBeGreaterThan(1_000)
  for (const folder of ['components', 'console', 'instance', 'layouts', 'pages', 'screen'])
    expect(folders).toContain(folder)
})

test.each(rules)('the texts say “$use”', ({ never, except = {}, outside }) => {
  const found = texts.filter(
    ({ text, message, file }) =>
      never.test(text) && !(message in except) && !outside?.test(file),
  )

  expect(found.map(({ file, text }) => `${file}: ${text}`)).toEqual([])
})

test('every exception is a message that its rule finds', () => {
  const spare = rules.flatMap(({ never, except = {} }) =>
    Object.keys(except).filter(
      (message) => !texts.some((one) => one.message === message && never.test(one.text)),
    ),
  )

  expect(spare).toEqual([])
})
