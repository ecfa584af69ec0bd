// Words of the built-in responder: things that lists are made of, fields of records, opposites, translations, moods.

const list = (words: string): string[] => words.split(", ")
const pairs = (rows: string): (readonly [RegExp, readonly string[]])[] =>
  rows
    .trim()
    .split("\n")
    .map((row) => {
      const at = row.lastIndexOf("|")
      return [new RegExp(row.slice(0, at), "i"), list(row.slice(at + 1))]
    })

/** Sets that have an order and an end. */
export const SETS = pairs(`
\\bdays? of the week|weekdays?\\b|Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday
\\bmonths?\\b(?! ago| old)|January, February, March, April, May, June, July, August, September, October, November, December
\\bseasons?\\b|spring, summer, autumn, winter
\\bplanets?\\b|Mercury, Venus, Earth, Mars, Jupiter, Saturn, Uranus, Neptune
\\bcontinents?\\b|Africa, Antarctica, Asia, Europe, North America, Oceania, South America
\\boceans?\\b|the Pacific, the Atlantic, the Indian Ocean, the Southern Ocean, the Arctic Ocean
\\bprimary colou?rs?\\b|red, yellow, blue
\\brainbow\\b|red, orange, yellow, green, blue, indigo, violet
\\bvowels?\\b(?! in| are)|a, e, i, o, u
\\bcompass|cardinal directions?\\b|north, east, south, west
\\bsenses\\b|sight, hearing, smell, taste, touch
\\b(greek letters?|greek alphabet)\\b|alpha, beta, gamma, delta, epsilon, zeta, eta, theta
\\b(letters of the )?(english )?alphabet\\b|a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z`)

/** Things that lists and single picks are made of, by a word of the prompt; the first that fits. */
export const THINGS = pairs(`
\\bpros?\\b|advantages?\\b|benefits?\\b|upsides?\\b|less waiting, a clear picture of who waits for whom, failures that stay apart, lower cost, more room to change course
\\bcons\\b|disadvantages?\\b|drawbacks?\\b|downsides?\\b|more in flight at once, limits are hit sooner, order is no longer obvious, more to explain
\\bsynonyms?\\b.*\\bhappy|glad, cheerful, content, merry, delighted
\\bsynonyms?\\b.*\\bsad|unhappy, gloomy, downcast, sorrowful
\\brandom words?\\b|lantern, river, copper, whistle, orchard, pebble, window
\\bred fruit|strawberry, cherry, raspberry, red apple, pomegranate
\\bblue fruit|blueberry, sloe, concord grape, plum
\\bgreen fruit|lime, kiwi, green apple, gooseberry
\\byellow fruit|banana, lemon, quince, pineapple
\\btropical fruit|mango, papaya, pineapple, passion fruit, guava
\\bcitrus|lemon, orange, lime, grapefruit
\\bfruits?\\b|apple, pear, cherry, mango, banana, orange, plum, kiwi, fig, grape
\\bvegetables?\\b|carrot, leek, beetroot, spinach, fennel, broccoli, onion, pumpkin
\\bcolou?rs?\\b|blue, green, amber, violet, red, teal, white, black, orange, pink
\\bmammals?\\b|otter, lynx, dolphin, fox, hedgehog, elephant, whale
\\bbirds?\\b|heron, owl, robin, swift, kingfisher, penguin, raven
\\bfish(es)?\\b|trout, salmon, pike, herring, cod
\\binsects?\\b|bee, ant, dragonfly, ladybird, moth
\\bpets?\\b|dog, cat, rabbit, hamster, goldfish, parrot
\\b(dog|puppy|cat|kitten|pet|hamster) names?|names? (for|of) (a |my |the |our )?(new )?(dog|puppy|cat|kitten|pet|hamster)|Biscuit, Pepper, Juno, Moss, Olive, Pixel
\\banimals?\\b|otter, heron, lynx, tortoise, dolphin, owl, fox, bee, elephant, whale
\\bflowers?\\b|poppy, tulip, cornflower, dahlia, lavender, rose
\\btrees?\\b|oak, birch, maple, willow, beech, pine
\\bcapital (cit(y|ies)|of)|\\bcapitals\\b|Paris, Tokyo, Nairobi, Oslo, Lima, Ottawa, Canberra, Rome
\\beuropean countr|countr\\w+ in europe|Portugal, Norway, Italy, Poland, Greece, Ireland, France
\\basian countr|countr\\w+ in asia|Japan, India, Vietnam, South Korea, Nepal, Thailand
\\bafrican countr|countr\\w+ in africa|Kenya, Ghana, Morocco, Egypt, Ethiopia, Nigeria
\\b(south american countr|countr\\w+ in south america)|Peru, Chile, Brazil, Argentina, Colombia
\\bcit(y|ies)\\b|towns?\\b|Lisbon, Kyoto, Nairobi, Oslo, Lima, Melbourne, Toronto, Vienna
\\bcountr(y|ies)\\b|Portugal, Japan, Kenya, Norway, Peru, Canada, India, Greece
\\b(famous )?scientists?\\b|Marie Curie, Albert Einstein, Ada Lovelace, Isaac Newton, Rosalind Franklin, Alan Turing
\\b(famous )?(painters?|artists?)\\b|Frida Kahlo, Vincent van Gogh, Hokusai, Artemisia Gentileschi, Paul Klee
\\b(composers?|musicians?)\\b|Clara Schumann, Johann Sebastian Bach, Nina Simone, Claude Debussy, Miles Davis
\\b(authors?|writers?|poets?)\\b|Virginia Woolf, Italo Calvino, Octavia Butler, George Eliot, Toni Morrison
\\binstruments?\\b|cello, flute, piano, drums, oboe, guitar
\\bsports?\\b|football, tennis, swimming, rowing, climbing, chess
\\b(hobb(y|ies)|activit(y|ies))\\b|gardening, cycling, reading, baking, painting, hiking
\\b(jobs?|professions?|occupations?|careers?)\\b|teacher, carpenter, nurse, baker, pilot, gardener
\\bprogramming languages?\\b|Python, Rust, Go, Erlang, JavaScript, Haskell, Ard, Jade, Vibe
\\b(languages?)\\b|French, Japanese, Swahili, Portuguese, Hindi, Icelandic
\\b(books?|novels?)\\b|Middlemarch, The Waves, Invisible Cities, Kindred, Frankenstein, Beloved
\\b(movies?|films?)\\b|Metropolis, Seven Samurai, Casablanca, Alien, Spirited Away, Paterson
\\bsongs?\\b|Here Comes the Sun, So What, Clair de lune, Feeling Good, Take Five
\\b(meals?|dish(es)?|recipes?|foods?|dinner|lunch)\\b|lentil soup, mushroom risotto, flatbread with herbs, plum cake, noodle salad
\\bingredients?\\b|flour, butter, eggs, milk, a pinch of salt, lemon zest
\\bdrinks?\\b|green tea, ginger lemonade, coffee, oat milk, elderflower cordial
\\b(toppings?|pizza)\\b|mushrooms, olives, rocket, peppers, artichokes
\\bemotions?|feelings?\\b|joy, calm, curiosity, longing, relief, surprise
\\badjectives?\\b|bright, patient, curious, brisk, gentle, bold
\\bverbs?\\b|wait, gather, begin, listen, carry, build
\\bnouns?\\b|river, lantern, clock, bridge, window, thread
\\brhym(e|es|ing)\\b|day, way, play, stay, say
\\brisks?\\b|concerns?\\b|scope creep, a slow dependency, unclear ownership, missing tests
\\bproblems?|issues?|bugs?\\b|a missing check, an unclear name, no test for the empty case, two things done in one place
\\bquestions?\\b|What waits for what?, What can overlap?, Where is the limit?, Who decides the end?, What happens if it fails?
\\b(slogans?|taglines?)\\b|Worth every wait., Side by side., Nothing idle., All at once; all in time.
\\b(headlines?|titles?)\\b|What waits for what, Three calls; one clock, A short history of waiting, The slowest decides
\\b(product|company|start-?up|business|app|brand|project|team|band|bakery|caf[eé]|shop|restaurant|ship|train|boat|magazine|podcast|blog|horse|planet|dragon)\\b.*\\bnames?|\\bnames?\\b.*\\bfor (a |an |the |my |our |this )|Early Bird, Second Voice, Slow Comet, Paper Lantern, North Window, Good Interval
\\bnames?\\b|Ada, Grace, Edsger, Barbara, Tony, Leslie, Alan, Frances
\\bkeywords?|tags?\\b|concurrency, latency, models, timelines, fibers, awaiting
\\btopics?|themes?|subjects?\\b|what starts first, what can overlap, where the limits are, how failures travel, what it costs
\\bentit(y|ies)\\b|Ada Lovelace, London, the Analytical Engine, 1843
\\bideas?\\b|let the slow call start first, draw it before you build it, do less at the same time, ask one question more, begin with the smallest example
\\b(tips?|advice|ways?|recommendations?|suggestions?|best practices)\\b|start with the slowest part, keep each step small, write down what you expect, check the result early, leave room for failure
\\breasons?\\b|it saves time, it is easier to explain, it fails in smaller pieces, it costs nothing to try
\\bfacts?\\b|it is older than it looks, it works at any scale, most people meet it early, it has a long name in Latin
\\b(goals?|objectives?)\\b|answer within a second, explain every wait, lose nothing on failure, cost less than before
\\b(features?|requirements?)\\b|a clear start page, search that forgives typos, works without a network, export as a file, keyboard shortcuts
\\b(tasks?|to-?dos?|chores?)\\b|gather the material, write a first draft, ask for a review, correct it, publish
\\b(events?|milestones?)\\b|the first sketch, the first working version, the first user, the first failure, the release
\\bsteps?|plan|instructions?|how to\\b|gather what is needed, begin with the slowest part, do the rest meanwhile, check the result, put everything away
\\boutline|agenda|sections?|chapters?|talk|lesson\\b|state the goal, show the smallest example, let two things overlap, explain what was gained, name the limits, end with a question`)

/** Where nothing is known about what is asked for. */
export const PLAIN_THINGS = list(
  "a clear beginning, one good example, the part that waits, the part that does not, a second opinion, a short ending, something to try, an open question",
)

/** What fields of a record are filled with, by a word of their name; the first that fits. */
export const FIELDS = pairs(`
title|headline|subject|topic|What waits for what, Three calls on one clock, A short history of waiting
condition|weather|sky|sunny, cloudy, light rain
body|text|content|article|paragraph|message|bio|story|Two things that do not need each other can happen at the same time. The longest of them decides when all is done., Every wait has a reason. Draw the reasons and the program explains itself.
summary|description|overview|abstract|about|Two things happen side by side; the longer one decides., A short piece about waiting and what it is for.
e-?mail|ada@example.com, grace@example.org
url|link|website|https://example.com/
phone|\\+1 555 0100, +1 555 0142
date|day\\b|due|deadline|2026-01-15, 2026-02-14, 2026-06-30
time|09:30, 14:00, 18:15
cit(y|ies)|town|place|location|Lisbon, Kyoto, Oslo
country|nation|Portugal, Japan, Norway
street|address|12 Harbour Street, 7 Mill Lane
author|writer|Virginia Woolf, Italo Calvino, Octavia Butler
company|employer|organi[sz]ation|brand|Early Bird, North Window, Second Voice
person|name|who|owner|assignee|user|speaker|Ada, Grace, Edsger, Barbara
colou?r|blue, amber, teal
sentiment|mood|tone|emotion|positive, neutral, negative
status|state|open, done, in progress
priority|severity|importance|high, medium, low
genre|category|kind|type|class|label|essay, report, story
language|English, French, German
job|role|occupation|profession|teacher, carpenter, nurse
food|meal|dish|lentil soup, mushroom risotto, plum cake
reason|why|explanation|rationale|justification|because|it is the shortest way, it was asked for first
answer|result|verdict|conclusion|yes; with one condition, it holds as far as it was looked at`)

/** Both ways round. */
export const OPPOSITES = list(
  "hot-cold, up-down, fast-slow, big-small, large-small, good-bad, happy-sad, light-dark, day-night, black-white, left-right, open-closed, young-old, new-old, rich-poor, high-low, long-short, near-far, early-late, hard-soft, wet-dry, full-empty, true-false, yes-no, start-end, begin-finish, in-out, on-off, love-hate, strong-weak, loud-quiet, win-lose, always-never, first-last, front-back, north-south, east-west, buy-sell, push-pull, give-take, alive-dead, clean-dirty, easy-difficult, thick-thin, war-peace, synchronous-asynchronous, sequential-parallel",
).map((pair) => pair.split("-") as [string, string])

export const SYNONYMS: Readonly<Record<string, string>> = Object.fromEntries(
  list(
    "happy-glad, sad-unhappy, big-large, small-little, fast-quick, slow-unhurried, smart-clever, angry-cross, beautiful-lovely, easy-simple, hard-difficult, begin-start, end-finish, good-fine, bad-poor, old-aged, strong-sturdy, tired-weary, important-essential, quiet-silent, brave-bold, rich-wealthy",
  ).map((pair) => pair.split("-") as [string, string]),
)

const TONGUES = ["french", "german", "spanish", "italian", "portuguese"]
/** Short phrases in the languages of `TONGUES`, in that order. */
const PHRASES = `
hello|Bonjour|Hallo|Hola|Ciao|Olá
hi|Salut|Hallo|Hola|Ciao|Oi
hello world|Bonjour le monde|Hallo Welt|Hola mundo|Ciao mondo|Olá mundo
world|monde|Welt|mundo|mondo|mundo
good morning|Bonjour|Guten Morgen|Buenos días|Buongiorno|Bom dia
good evening|Bonsoir|Guten Abend|Buenas tardes|Buonasera|Boa noite
good night|Bonne nuit|Gute Nacht|Buenas noches|Buonanotte|Boa noite
goodbye|Au revoir|Auf Wiedersehen|Adiós|Arrivederci|Adeus
thank you|Merci|Danke|Gracias|Grazie|Obrigado
thanks|Merci|Danke|Gracias|Grazie|Obrigado
please|S’il vous plaît|Bitte|Por favor|Per favore|Por favor
how are you|Comment allez-vous|Wie geht es Ihnen|¿Cómo está?|Come sta|Como está
i love you|Je t’aime|Ich liebe dich|Te quiero|Ti amo|Eu te amo
yes|oui|ja|sí|sì|sim
no|non|nein|no|no|não
cat|chat|Katze|gato|gatto|gato
dog|chien|Hund|perro|cane|cão
water|eau|Wasser|agua|acqua|água
bread|pain|Brot|pan|pane|pão
house|maison|Haus|casa|casa|casa
apple|pomme|Apfel|manzana|mela|maçã
book|livre|Buch|libro|libro|livro
friend|ami|Freund|amigo|amico|amigo
love|amour|Liebe|amor|amore|amor
time|temps|Zeit|tiempo|tempo|tempo
night|nuit|Nacht|noche|notte|noite
day|jour|Tag|día|giorno|dia
sun|soleil|Sonne|sol|sole|sol
moon|lune|Mond|luna|luna|lua
train|train|Zug|tren|treno|trem
red|rouge|rot|rojo|rosso|vermelho
blue|bleu|blau|azul|blu|azul
where is the train station|Où est la gare|Wo ist der Bahnhof|¿Dónde está la estación de tren?|Dov’è la stazione|Onde fica a estação de trem`
  .trim()
  .split("\n")
  .map((row) => row.split("|"))

const ELSEWHERE: Readonly<Record<string, string>> = {
  "japanese hello": "こんにちは",
  "japanese thank you": "ありがとう",
  "chinese hello": "你好",
  "chinese thank you": "谢谢",
  "russian hello": "Привет",
  "dutch hello": "Hallo",
  "swedish hello": "Hej",
  "polish hello": "Cześć",
  "greek hello": "Γεια σου",
  "korean hello": "안녕하세요",
  "arabic hello": "مرحبا",
  "latin hello": "Salve",
}

/** A short phrase in another language; null where it is not known. Question and exclamation marks stay. */
export function translated(phrase: string, tongue: string): string | null {
  const mark = /[!?.]+$/.exec(phrase.trim())?.[0] ?? ""
  const plain = phrase
    .toLowerCase()
    .replace(/[.,!?¿¡]/g, "")
    .replace(/\s+/g, " ")
    .trim()
  const column = TONGUES.indexOf(tongue.toLowerCase())
  const found = column >= 0 ? PHRASES.find((row) => row[0] === plain)?.[column + 1] : ELSEWHERE[`${tongue.toLowerCase()} ${plain}`]
  if (found === undefined) return null
  return /[!?.]$/.test(found) || mark === "" ? found : `${found}${mark}`
}

const GOOD =
  /\b(love|loved|loves|great|good|excellent|amazing|awesome|wonderful|fantastic|happy|best|enjoy\w*|perfect|delight\w*|like[ds]?|nice|brilliant|recommend\w*|superb|beautiful|pleased|thank\w*|fast|friendly|helpful|delicious|fun|works? (well|great)|impress\w*|win\w*|glad)\b/gi
const BAD =
  /\b(hate[ds]?|bad|terrible|awful|worst|horrible|poor\w*|disappoint\w*|sad|angry|broken?|broke|slow|useless|boring|waste\w*|annoy\w*|fail\w*|crash\w*|never again|rude|dirty|cold|refund|problem\w*|bug\w*|disgust\w*|ugly|mess\w*|late|wrong|dislike\w*|unhappy|cancel\w*)\b/gi

/** -1, 0 or 1: what mood a text is in, by its words; a `not` in front turns one round. */
export function moodOf(text: string): -1 | 0 | 1 {
  const turned = /\b(?:not|never|isn['’]t|wasn['’]t|don['’]t|didn['’]t|doesn['’]t|no)\s+(?:\w+\s+){0,2}?$/i
  let mood = 0
  for (const [words, weight] of [
    [GOOD, 1],
    [BAD, -1],
  ] as const)
    for (const match of text.matchAll(words)) mood += turned.test(text.slice(0, match.index)) ? -weight : weight
  return mood > 0 ? 1 : mood < 0 ? -1 : 0
}

export const EMOTIONS = pairs(`
love|happy|great|wonderful|excited|glad|delight|joy
sad|miss|cry|lonely|lost|sadness
angry|hate|furious|rude|annoy|anger
afraid|scared|worr|fear|fear
wow|surpris|unexpected|surprise`)
