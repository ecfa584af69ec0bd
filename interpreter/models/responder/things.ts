// Things with several properties, so that the fields of a record belong together: books with their authors, people with
// addresses of their own. Used by the built-in responder's values.

export type Entity = Readonly<Record<string, string | number | readonly string[]>>
export type EntityKind = keyof typeof ENTITIES

function rows(names: string, table: string): Entity[] {
  const keys = names.split("|")
  return table
    .trim()
    .split("\n")
    .map((row) =>
      Object.fromEntries(
        row
          .split("|")
          .map((cell, i) => [keys[i] as string, /^\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell.includes(";") ? cell.split(";") : cell]),
      ),
    )
}

export const ENTITIES = {
  book: rows(
    "title|author|year|genre",
    `Middlemarch|George Eliot|1871|novel
The Waves|Virginia Woolf|1931|novel
Invisible Cities|Italo Calvino|1972|fiction
Kindred|Octavia Butler|1979|science fiction
Frankenstein|Mary Shelley|1818|gothic
Beloved|Toni Morrison|1987|novel`,
  ),
  movie: rows(
    "title|director|year|genre",
    `Metropolis|Fritz Lang|1927|science fiction
Seven Samurai|Akira Kurosawa|1954|adventure
Casablanca|Michael Curtiz|1942|romance
Spirited Away|Hayao Miyazaki|2001|animation
Alien|Ridley Scott|1979|science fiction
Paterson|Jim Jarmusch|2016|drama`,
  ),
  person: rows(
    "name|age|email|city|country|job|company|phone",
    `Ada|36|ada@example.com|London|United Kingdom|programmer|Early Bird|+1 555 0100
Grace|58|grace@example.org|New York|United States|officer|North Window|+1 555 0142
Edsger|41|edsger@example.com|Amsterdam|Netherlands|teacher|Second Voice|+1 555 0117
Barbara|29|barbara@example.org|Lisbon|Portugal|carpenter|Paper Lantern|+1 555 0173
Tony|64|tony@example.com|Nairobi|Kenya|gardener|Slow Comet|+1 555 0129
Frances|33|frances@example.org|Oslo|Norway|nurse|Good Interval|+1 555 0188`,
  ),
  product: rows(
    "name|price|category|quantity",
    `Reading lamp|39.9|home|12
Travel mug|18.5|kitchen|40
Wool scarf|45|clothing|7
Desk clock|27|home|15
Notebook, dotted|9.5|stationery|88`,
  ),
  recipe: rows(
    "name|minutes|ingredients|steps",
    `Lentil soup|35|red lentils;carrot;onion;cumin;stock|soften the onion;add lentils and carrot;simmer for half an hour;season
Mushroom risotto|40|rice;mushrooms;onion;stock;parmesan|toast the rice;add stock by the ladle;fold in the mushrooms;finish with cheese
Plum cake|60|flour;butter;sugar;eggs;plums|beat butter and sugar;add eggs and flour;press in the plums;bake until golden`,
  ),
  animal: rows(
    "name|kind|legs|habitat|sound",
    `otter|mammal|4|rivers|chirp
heron|bird|2|wetlands|croak
bee|insect|6|meadows|buzz
tortoise|reptile|4|dry grassland|hiss
owl|bird|2|woods|hoot`,
  ),
  city: rows(
    "name|country|population",
    `Lisbon|Portugal|545000
Kyoto|Japan|1464000
Nairobi|Kenya|4397000
Oslo|Norway|709000
Lima|Peru|10092000`,
  ),
  task: rows(
    "title|status|priority|minutes",
    `Gather the material|done|high|30
Write a first draft|in progress|high|90
Ask for a review|open|medium|15
Correct it|open|medium|45
Publish|open|low|10`,
  ),
}

const KINDS: readonly (readonly [EntityKind, RegExp, RegExp])[] = [
  ["book", /\b(books?|novels?|authors?)\b/i, /^author$|isbn/],
  ["movie", /\b(movies?|films?)\b/i, /^director$/],
  ["recipe", /\b(recipes?|dish(es)?|meals?|cook)\b/i, /ingredient/],
  ["animal", /\b(animals?|pets?|creatures?)\b/i, /^(legs|habitat|species)$/],
  ["product", /\b(products?|items? (for sale|in the shop)|inventory|goods)\b/i, /^(sku|stock)$/],
  ["task", /\b(tasks?|to-?dos?|tickets?)\b/i, /^(priority|assignee)$/],
  ["city", /\b(city|cities|towns?)\b/i, /^(mayor)$/],
  [
    "person",
    /\b(persons?|people|users?|employees?|customers?|students?|contacts?|characters?|profiles?|heroes?|astronauts?|candidates?)\b/i,
    /^(age|email|first_?name|last_?name|occupation|job)$/i,
  ],
]

/** The kind of thing that a prompt, or a record with these fields, is about; null where it is none of these. */
export function entitiesFor(text: string, fields: readonly string[]): EntityKind | null {
  return (
    (KINDS.find(([, words]) => words.test(text)) ?? KINDS.find(([, , names]) => fields.some((field) => names.test(field))))?.[0] ?? null
  )
}
