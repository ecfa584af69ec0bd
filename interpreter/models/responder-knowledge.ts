// What the built-in responder knows: a few facts and word lists, enough for the prompts that people try first.

/** Capitals by country, in lower case. */
export const CAPITALS: Record<string, string> = {
  argentina: "Buenos Aires",
  australia: "Canberra",
  austria: "Vienna",
  belgium: "Brussels",
  brazil: "Brasília",
  canada: "Ottawa",
  chile: "Santiago",
  china: "Beijing",
  denmark: "Copenhagen",
  egypt: "Cairo",
  finland: "Helsinki",
  france: "Paris",
  germany: "Berlin",
  ghana: "Accra",
  greece: "Athens",
  hungary: "Budapest",
  iceland: "Reykjavík",
  india: "New Delhi",
  indonesia: "Jakarta",
  ireland: "Dublin",
  italy: "Rome",
  japan: "Tokyo",
  kenya: "Nairobi",
  mexico: "Mexico City",
  morocco: "Rabat",
  "new zealand": "Wellington",
  nigeria: "Abuja",
  norway: "Oslo",
  peru: "Lima",
  poland: "Warsaw",
  portugal: "Lisbon",
  spain: "Madrid",
  sweden: "Stockholm",
  switzerland: "Bern",
  thailand: "Bangkok",
  turkey: "Ankara",
  ukraine: "Kyiv",
  "united kingdom": "London",
  "united states": "Washington, D.C.",
  vietnam: "Hanoi",
}

/** Things that lists and single picks are made of, by a word of the prompt. */
export const THINGS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bred fruit/i, ["strawberry", "cherry", "raspberry", "red apple", "pomegranate"]],
  [/\bblue fruit/i, ["blueberry", "sloe", "concord grape", "plum"]],
  [/\bgreen fruit/i, ["lime", "kiwi", "green apple", "gooseberry"]],
  [/\bfruits?\b/i, ["apple", "pear", "cherry", "mango", "banana", "orange", "plum", "kiwi"]],
  [/\bcolou?rs?\b/i, ["blue", "green", "amber", "violet", "red", "teal", "white", "black"]],
  [/\banimals?\b/i, ["otter", "heron", "lynx", "tortoise", "dolphin", "owl", "fox", "bee"]],
  [/\bcit(y|ies)\b/i, ["Lisbon", "Kyoto", "Nairobi", "Oslo", "Lima", "Melbourne"]],
  [/\bcountr(y|ies)\b/i, ["Portugal", "Japan", "Kenya", "Norway", "Peru", "Canada"]],
  [/\bkeywords?|topics?|tags?\b/i, ["concurrency", "latency", "models", "timelines", "fibers", "awaiting"]],
  [/\bentit(y|ies)\b/i, ["Ada Lovelace", "London", "the Analytical Engine", "1843"]],
  [/\bvegetables?\b/i, ["carrot", "leek", "beetroot", "spinach", "fennel"]],
  [/\bplanets?\b/i, ["Mercury", "Venus", "Earth", "Mars", "Jupiter", "Saturn", "Uranus", "Neptune"]],
  [/\b(programming )?languages?\b/i, ["Ard", "Jade", "Vibe", "Go", "Erlang", "Rust"]],
  [/\bbooks?\b|novels?\b/i, ["Middlemarch", "The Waves", "Invisible Cities", "Kindred"]],
  [/\bmeals?|dish(es)?|recipes?\b/i, ["lentil soup", "mushroom risotto", "flatbread with herbs", "plum cake"]],
  [/\bideas?\b/i, ["let the slow call start first", "draw it before you build it", "do less, at the same time", "ask one question more"]],
  [/\bpros?\b|advantages?\b|benefits?\b/i, ["less waiting", "a clear picture of who waits for whom", "failures that stay apart"]],
  [/\bcons\b|disadvantages?\b|drawbacks?\b/i, ["more in flight at once", "limits are hit sooner", "order is no longer obvious"]],
  [/\bnames?\b/i, ["Ada", "Grace", "Edsger", "Barbara", "Tony", "Leslie"]],
  [/\brisks?|problems?|concerns?\b/i, ["scope creep", "a slow dependency", "unclear ownership", "missing tests"]],
  [/\bquestions?\b/i, ["What waits for what?", "What can overlap?", "Where is the limit?", "Who decides the end?"]],
  [
    /\bsteps?|outline|plan\b/i,
    [
      "state the goal",
      "show the smallest example",
      "let two things overlap",
      "explain what was gained",
      "name the limits",
      "end with a question",
    ],
  ],
]

/** What fields of a record are filled with, by a word of their name; the first that fits. */
export const FIELDS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/title|headline|subject/i, ["What waits for what", "Three calls, one clock", "A short history of waiting"]],
  [
    /body|text|content|article|description|summary/i,
    [
      "Two things that do not need each other can happen at the same time. The longest of them decides when all is done.",
      "Every wait has a reason. Draw the reasons, and the program explains itself.",
    ],
  ],
  [/e-?mail/i, ["ada@example.com", "grace@example.org"]],
  [/url|link|website/i, ["https://example.com/"]],
  [/date|day/i, ["2026-01-01", "2026-02-14", "2026-06-30"]],
  [/city|town|place|location/i, ["Lisbon", "Kyoto", "Oslo"]],
  [/country/i, ["Portugal", "Japan", "Norway"]],
  [/author|person|name|who/i, ["Ada", "Grace", "Edsger", "Barbara"]],
  [/colou?r/i, ["blue", "amber", "teal"]],
  [/sentiment|mood|tone/i, ["positive", "neutral", "negative"]],
  [/status|state/i, ["open", "done"]],
  [/language/i, ["English", "French", "German"]],
  [/reason|why|explanation/i, ["it is the shortest way", "it was asked for first"]],
]

/** Answers of one word or line to questions people try, by what the prompt says. */
export const FACTS: readonly (readonly [RegExp, string])[] = [
  [/colou?r (of|is) the sky|sky .*colou?r/i, "blue"],
  [/meaning of life/i, "42"],
  [/largest ocean/i, "the Pacific"],
  [/highest mountain|tallest mountain/i, "Mount Everest"],
  [/longest river/i, "the Nile"],
  [/speed of light/i, "299792458"],
  [/boiling point of water/i, "100"],
  [/days (are there )?in a year/i, "365"],
  [/days (are there )?in a week/i, "7"],
  [/legs does a spider/i, "8"],
  [/opposite of hot/i, "cold"],
  [/opposite of up/i, "down"],
  [/opposite of fast/i, "slow"],
]

/** People who live in a city, roughly, for the counts that examples ask for. */
export const POPULATIONS: Readonly<Record<string, number>> = {
  accra: 2_514_000,
  berlin: 3_755_000,
  lima: 10_092_000,
  lisbon: 545_000,
  london: 8_866_000,
  nairobi: 4_397_000,
  oslo: 709_000,
  paris: 2_103_000,
  rome: 2_749_000,
  tokyo: 14_178_000,
}

/** Greetings in the languages that translations are asked for. */
export const HELLO: Readonly<Record<string, string>> = {
  french: "Bonjour",
  german: "Hallo",
  italian: "Ciao",
  japanese: "こんにちは",
  portuguese: "Olá",
  spanish: "Hola",
}
