// What the built-in responder knows: enough facts for the questions that people try first. Tables are texts, a line a row,
// since they are loaded with every run.

const table = (rows: string): string[][] =>
  rows
    .trim()
    .split("\n")
    .map((row) => row.split("|"))

export interface Country {
  readonly name: string
  readonly capital: string
  readonly continent: string
  readonly language: string
  readonly currency: string
  readonly population: number
}

/** name|capital|continent|language|currency|millions of people */
export const COUNTRIES: readonly Country[] = table(`
Argentina|Buenos Aires|South America|Spanish|peso|46
Australia|Canberra|Oceania|English|dollar|27
Austria|Vienna|Europe|German|euro|9
Belgium|Brussels|Europe|Dutch|euro|12
Brazil|Brasília|South America|Portuguese|real|216
Canada|Ottawa|North America|English|dollar|40
Chile|Santiago|South America|Spanish|peso|20
China|Beijing|Asia|Chinese|yuan|1410
Colombia|Bogotá|South America|Spanish|peso|52
Croatia|Zagreb|Europe|Croatian|euro|4
Cuba|Havana|North America|Spanish|peso|11
Czech Republic|Prague|Europe|Czech|koruna|11
Denmark|Copenhagen|Europe|Danish|krone|6
Egypt|Cairo|Africa|Arabic|pound|112
Ethiopia|Addis Ababa|Africa|Amharic|birr|126
Finland|Helsinki|Europe|Finnish|euro|6
France|Paris|Europe|French|euro|68
Germany|Berlin|Europe|German|euro|84
Ghana|Accra|Africa|English|cedi|34
Greece|Athens|Europe|Greek|euro|10
Hungary|Budapest|Europe|Hungarian|forint|10
Iceland|Reykjavík|Europe|Icelandic|króna|0.4
India|New Delhi|Asia|Hindi|rupee|1430
Indonesia|Jakarta|Asia|Indonesian|rupiah|277
Iran|Tehran|Asia|Persian|rial|89
Iraq|Baghdad|Asia|Arabic|dinar|45
Ireland|Dublin|Europe|English|euro|5
Israel|Jerusalem|Asia|Hebrew|shekel|10
Italy|Rome|Europe|Italian|euro|59
Japan|Tokyo|Asia|Japanese|yen|124
Kenya|Nairobi|Africa|Swahili|shilling|55
Luxembourg|Luxembourg|Europe|Luxembourgish|euro|0.7
Malaysia|Kuala Lumpur|Asia|Malay|ringgit|34
Mexico|Mexico City|North America|Spanish|peso|128
Morocco|Rabat|Africa|Arabic|dirham|38
Nepal|Kathmandu|Asia|Nepali|rupee|31
Netherlands|Amsterdam|Europe|Dutch|euro|18
New Zealand|Wellington|Oceania|English|dollar|5
Nigeria|Abuja|Africa|English|naira|224
Norway|Oslo|Europe|Norwegian|krone|6
Pakistan|Islamabad|Asia|Urdu|rupee|240
Peru|Lima|South America|Spanish|sol|34
Philippines|Manila|Asia|Filipino|peso|117
Poland|Warsaw|Europe|Polish|złoty|38
Portugal|Lisbon|Europe|Portuguese|euro|10
Romania|Bucharest|Europe|Romanian|leu|19
Russia|Moscow|Europe|Russian|rouble|144
Saudi Arabia|Riyadh|Asia|Arabic|riyal|37
Singapore|Singapore|Asia|English|dollar|6
South Africa|Pretoria|Africa|Zulu|rand|60
South Korea|Seoul|Asia|Korean|won|52
Spain|Madrid|Europe|Spanish|euro|48
Sweden|Stockholm|Europe|Swedish|krona|11
Switzerland|Bern|Europe|German|franc|9
Tanzania|Dodoma|Africa|Swahili|shilling|67
Thailand|Bangkok|Asia|Thai|baht|72
Turkey|Ankara|Asia|Turkish|lira|85
Ukraine|Kyiv|Europe|Ukrainian|hryvnia|37
United Kingdom|London|Europe|English|pound|68
United States|Washington, D.C.|North America|English|dollar|335
Venezuela|Caracas|South America|Spanish|bolívar|29
Vietnam|Hanoi|Asia|Vietnamese|dong|99`).map(([name = "", capital = "", continent = "", language = "", currency = "", millions]) => ({
  name,
  capital,
  continent,
  language,
  currency,
  population: Math.trunc(Number(millions) * 1_000_000),
}))

/** Other names that countries go by. */
export const ALSO: Readonly<Record<string, string>> = {
  usa: "United States",
  "u.s.": "United States",
  america: "United States",
  uk: "United Kingdom",
  britain: "United Kingdom",
  england: "United Kingdom",
  holland: "Netherlands",
  korea: "South Korea",
  czechia: "Czech Republic",
}

/** People who live in a city, roughly, for the counts that examples ask for; and the country of those that are no capital. */
export const CITIES: readonly (readonly [string, number, string])[] = table(`
Accra|2514000|Ghana
Amsterdam|931000|Netherlands
Athens|643000|Greece
Barcelona|1655000|Spain
Beijing|21893000|China
Berlin|3755000|Germany
Cairo|10203000|Egypt
Chicago|2665000|United States
Hamburg|1910000|Germany
Istanbul|15655000|Turkey
Kyoto|1464000|Japan
Lima|10092000|Peru
Lisbon|545000|Portugal
London|8866000|United Kingdom
Madrid|3332000|Spain
Melbourne|5031000|Australia
Milan|1371000|Italy
Mumbai|12479000|India
Munich|1512000|Germany
Nairobi|4397000|Kenya
New York|8258000|United States
Oslo|709000|Norway
Paris|2103000|France
Rome|2749000|Italy
San Francisco|809000|United States
Seoul|9386000|South Korea
Sydney|5297000|Australia
Tokyo|14178000|Japan
Toronto|2794000|Canada
Vienna|1982000|Austria`).map(([city = "", people, country = ""]) => [city, Number(people), country])

/** Answers of one word or line to questions people try, by what the prompt says; numbers serve typed answers too. */
export const FACTS: readonly (readonly [RegExp, string])[] = table(`
colou?r (of|is) the (clear |daytime )?sky|sky .*colou?r|blue
colou?r (of|is|are) (the )?(grass|leaves)|green
colou?r (of|is|are) (a |the )?(bananas?|lemons?|sun)|yellow
colou?r (of|is|are) (a |the )?(snow|milk)|white
colou?r (of|is) (a |the )?(tomato|blood|ripe strawberry)|red
(blue and yellow|yellow and blue)|green
(red and yellow|yellow and red)|orange
(red and blue|blue and red)|purple
meaning of life|answer to (life|everything)|42
largest ocean|biggest ocean|the Pacific
(highest|tallest) mountain|Mount Everest
(tall|high|height).*everest|everest.*(tall|high|height)|8849
longest river|the Nile
(largest|biggest) planet|Jupiter
smallest planet|closest (planet )?to the sun|Mercury
red planet|Mars
planet (with|has) (the )?(most )?rings|rings .*planet|Saturn
(largest|biggest) country|Russia
(largest|biggest) (land )?(animal|mammal)|the blue whale
fastest (land )?animal|the cheetah
tallest animal|the giraffe
speed of light|299792458
boiling point of water|water boils?|100
freezing point of water|water freezes?|0
days (are there |are )?in a leap year|366
days (are there |are )?in (a|one) year|365
days (are there |are )?in (a|one) week|7
hours (are there |are )?in (a|one) day|24
minutes (are there |are )?in (a|one) day|1440
minutes (are there |are )?in (an|one) hour|60
seconds (are there |are )?in (a|one) minute|60
seconds (are there |are )?in (an|one) hour|3600
seconds (are there |are )?in (a|one) day|86400
weeks (are there |are )?in (a|one) year|52
months (are there |are )?in (a|one) year|12
how many continents|number of continents|7
how many planets|number of planets|8
letters (are there |are )?in the (english )?alphabet|26
legs (does|do|has|have) (a |an )?(spider|octopus)s?|arms (does|do) an octopus|8
legs (does|do|has|have) (a |an )?(dog|cat|horse|cow|table|chair|elephant)s?|4
legs (does|do|has|have) (a |an )?(human|person|bird|chicken|duck)s?|2
legs (does|do|has|have) (a |an )?(insect|ant|bee|fly)s?|6
sides (does|do|has|have) (a |an )?triangle|3
sides (does|do|has|have) (a |an )?(square|rectangle)|4
sides (does|do|has|have) (a |an )?hexagon|6
players .*(football|soccer) team|11
value of pi|what is pi|digits of pi|3.14159
(distance|far).*moon|384400
(age of the universe|old is the universe)|13800000000
people (live )?(on earth|in the world)|world population|population of (the )?(earth|world)|8100000000
(who|first (man|person|human)).*\\bmoon|Neil Armstrong
chemical (symbol|formula) (for|of) water|formula (for|of) water|H2O
(symbol|formula) (for|of) gold|Au
(symbol|formula) (for|of) salt|NaCl
who (wrote|is the author of) (hamlet|macbeth|romeo)|author of (hamlet|macbeth|romeo)|William Shakespeare
who (wrote|is the author of) (1984|animal farm)|author of (1984|animal farm)|George Orwell
who (wrote|is the author of) pride and prejudice|author of pride and prejudice|Jane Austen
who (wrote|is the author of) (moby.?dick)|author of moby|Herman Melville
who (wrote|is the author of) frankenstein|author of frankenstein|Mary Shelley
who painted (the )?mona lisa|Leonardo da Vinci
who painted (the )?starry night|Vincent van Gogh
who (discovered|invented) (the law of )?gravity|Isaac Newton
theory of relativity|Albert Einstein
who invented (the )?(telephone|phone)|Alexander Graham Bell
who invented (the )?(light ?bulb)|Thomas Edison
who (invented|created|made) (the )?(world wide web|web|www)\\b|Tim Berners-Lee
who (discovered) (penicillin)|Alexander Fleming
first (computer )?programmer|Ada Lovelace
first president of (the )?(united states|usa|us|america)|George Washington
(author|creator|inventor|created|invented|designed) .*\\bpython\\b|Guido van Rossum
(creator|inventor|created|invented) .*\\bjavascript\\b|Brendan Eich
(creator|inventor|created|invented) .*\\blinux\\b|Linus Torvalds
(animal|what) says (moo)|cow
sound does a (dog) make|woof
sound does a (cat) make|meow
sound does a (cow) make|moo
your name|who are you|what are you|the simulated model of this page`).map((row) => [
  new RegExp(row.slice(0, -1).join("|"), "i"),
  row.at(-1) as string,
])

/** Years of events, by what the prompt says. */
export const YEARS: readonly (readonly [RegExp, number])[] = table(`
(second world war|world war (two|2|ii)|wwii|ww2).*(end|over)|(end|over).*(second world war|world war (two|2|ii)|wwii|ww2)|1945
second world war|world war (two|2|ii)|wwii|ww2|1939
(first world war|world war (one|1|i)|wwi|ww1).*(end|over)|(end|over).*(first world war|world war (one|1|i)|wwi\\b|ww1)|1918
first world war|world war (one|1|i)\\b|wwi\\b|ww1|1914
moon landing|land(ed)? on the moon|apollo 11|1969
berlin wall|1989
french revolution|1789
columbus|1492
titanic|1912
declaration of independence|1776
battle of hastings|1066
(world wide web|web)|1991`).map((row) => [new RegExp(row.slice(0, -1).join("|"), "i"), Number(row.at(-1))])

/** Questions whose answer is yes or no: the pattern, and whether it is so. */
export const TRUTHS: readonly (readonly [RegExp, boolean])[] = [
  [/\bsky\b.*\b(green|red|yellow|purple)\b|\bgrass\b.*\b(blue|red|purple)\b|\bearth\b.*\bflat\b|\bflat\b.*\bearth\b/i, false],
  [
    /\bmoon\b.*\bcheese\b|\bsun\b.*\bcold\b|\bice\b.*\bhot\b|\bfire\b.*\bcold\b|\bcats? (can )?bark|\bdogs? (can )?(meow|fly)|\bpigs? (can )?fly|\bsnow\b.*\bblack\b/i,
    false,
  ],
  [
    /\bwhales?\b.*\bfish\b|\bspiders?\b.*\binsects?\b|\btomato(es)?\b.*\bvegetables?\b|\bpenguins?\b.*\bfly\b|\bbats?\b.*\bbirds?\b/i,
    false,
  ],
  [
    /\bwhales?\b.*\bmammals?\b|\bpenguins?\b.*\bbirds?\b|\bdogs?\b.*\bmammals?\b|\bbats?\b.*\bmammals?\b|\btomato(es)?\b.*\bfruits?\b/i,
    true,
  ],
  [/\bpluto\b.*\bplanet\b/i, false],
]
