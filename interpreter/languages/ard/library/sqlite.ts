// ard/sqlite: programs that use it are checked like any other; there is no database here, so `open` fails (section 17.13).
// Nobody can hold a Database that was opened; the other functions refuse one that was made by hand.
import type { LibraryModule } from "./entry.ts"
import { err } from "./values.ts"

const refuse = () => err("ard/sqlite is not available in the browser")

export const sqlite: LibraryModule = {
  path: "ard/sqlite",
  doc: "Databases in a file; refused here.",
  declarations: [
    "struct Database {\n  path: Str,\n}",
    "struct Query {\n  text: Str,\n}",
    "type Value = Str | Int | Float | Bool | Void",
    "",
  ].join("\n"),
  entries: [
    {
      name: "open",
      signature: "fn open(path: Str) Database!Str",
      doc: "Opens a database. There are none here: always an error.",
      example: 'sqlite::open("shop.db")',
      mode: "pure",
      run: refuse,
    },
    {
      name: "exec",
      owner: "Database",
      signature: "fn exec(text: Str) Void!Str",
      doc: "Runs a statement. Not available here: always an error.",
      example: 'db.exec("DELETE FROM carts")',
      mode: "pure",
      run: refuse,
    },
    {
      name: "close",
      owner: "Database",
      signature: "fn close() Void!Str",
      doc: "Closes the database. Not available here: always an error.",
      example: "db.close()",
      mode: "pure",
      run: refuse,
    },
    {
      name: "query",
      owner: "Database",
      signature: "fn query(text: Str) Query",
      doc: "A statement with parameters, to be run later.",
      example: 'db.query("SELECT * FROM carts WHERE id = @id")',
      mode: "pure",
      run: (_rt: unknown, [, text]: readonly [unknown, string]) => new Query(text),
    },
    {
      name: "run",
      owner: "Query",
      signature: "fn run(values: [Str:Value]) Void!Str",
      doc: "Runs the statement. Not available here: always an error.",
      example: "query.run(values)",
      mode: "pure",
      run: refuse,
    },
    {
      name: "all",
      owner: "Query",
      signature: "fn all(values: [Str:Value]) [Dynamic]!Str",
      doc: "All rows. Not available here: always an error.",
      example: "query.all(values)",
      mode: "pure",
      run: refuse,
    },
    {
      name: "first",
      owner: "Query",
      signature: "fn first(values: [Str:Value]) Dynamic?!Str",
      doc: "The first row. Not available here: always an error.",
      example: "query.first(values)",
      mode: "pure",
      run: refuse,
    },
  ],
}

/** sqlite::Query; the field's name is that of emitted code. */
class Query {
  static readonly structName = "Query"
  constructor(readonly $text: string) {}
}
