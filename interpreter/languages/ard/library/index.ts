// The standard library of Ard: its modules, each in a file of its own. Checker, completion, hover, the reference page and
// the runtime read these entries; nothing of the library is declared anywhere else.
import { channel } from "./channel.ts"
import { decode } from "./decode.ts"
import { dynamic } from "./dynamic.ts"
import type { LibraryModule } from "./entry.ts"
import { env } from "./env.ts"
import { async } from "./fibers.ts"
import { fs } from "./fs.ts"
import { http } from "./http.ts"
import { io } from "./io.ts"
import { json } from "./json.ts"
import { list } from "./list.ts"
import { llm } from "./llm.ts"
import { map } from "./map.ts"
import { maybe } from "./maybe.ts"
import { bool, float, int } from "./numbers.ts"
import { result } from "./result.ts"
import { sqlite } from "./sqlite.ts"
import { string } from "./string.ts"
import { chrono, dates, duration } from "./time.ts"

export const libraryModules: readonly LibraryModule[] = [
  async,
  channel,
  io,
  llm,
  maybe,
  result,
  string,
  int,
  float,
  bool,
  list,
  map,
  json,
  decode,
  dynamic,
  dates,
  duration,
  chrono,
  env,
  fs,
  http,
  sqlite,
]
