// ard/http: programs that use it are checked like any other; sending is refused here, since a program cannot reach the
// network (section 17.13).
import { Fault } from "../../../engine/fault.ts"
import type { LibraryContext } from "./context.ts"
import type { LibraryModule } from "./entry.ts"
import type { Int } from "./integers.ts"
import { err } from "./values.ts"

type Rt = LibraryContext

const METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"] as const

/** http::Response; the fields' names are those of emitted code. */
class Response {
  static readonly structName = "Response"
  constructor(
    readonly $status: Int,
    readonly $headers: Map<string, string>,
    readonly $body: string,
  ) {}
}

function methodText(_rt: Rt, [method]: readonly [Int], site: number): string {
  const text = METHODS[Number(method)]
  if (text === undefined) throw new Fault("Panic", `no such method: ${method}`, site)
  return text
}

export const http: LibraryModule = {
  path: "ard/http",
  doc: "Requests over the network; refused here.",
  uses: ["Str"],
  declarations: [
    "enum Method { Get, Post, Put, Del, Patch, Options }",
    "struct Request {\n  method: Method,\n  url: Str,\n  headers: [Str:Str],\n  body: Str?,\n  raw: Dynamic?,\n}",
    "struct Response {\n  status: Int,\n  headers: [Str:Str],\n  body: Str,\n}",
    "",
  ].join("\n"),
  traits: { Method: ["Str::ToString"] },
  entries: [
    {
      name: "to_str",
      owner: "Method",
      signature: "fn to_str() Str",
      doc: "The method's name, such as `GET`.",
      example: "http::Method::Get.to_str()",
      mode: "pure",
      run: methodText,
    },
    {
      name: "new",
      owner: "Response",
      isStatic: true,
      signature: "fn Response::new(status: Int, body: Str) Response",
      doc: "A response without headers.",
      example: 'http::Response::new(200, "ok")',
      mode: "pure",
      run: (_rt: Rt, [status, body]: readonly [Int, string]) => new Response(status, new Map(), body),
    },
    {
      name: "is_ok",
      owner: "Response",
      signature: "fn is_ok() Bool",
      doc: "Whether the status is from 200 to 300.",
      example: "response.is_ok()",
      mode: "pure",
      run: (_rt: Rt, [response]: readonly [Response]) => response.$status >= 200 && response.$status <= 300,
    },
    {
      name: "send",
      signature: "fn send(request: Request) Response!Str",
      doc: "Sends a request. Programs have no network here: always an error.",
      example: "http::send(request)",
      mode: "pure",
      run: () => err("network access is not available here"),
    },
    {
      name: "serve",
      signature: "fn serve(port: Int, handlers: [Str:fn(Request) Response]) Void!Str",
      doc: "Answers requests. There are no servers here: always an error.",
      example: "http::serve(8000, handlers)",
      mode: "pure",
      run: () => err("ard/http serve is not available in the browser"),
    },
  ],
}
