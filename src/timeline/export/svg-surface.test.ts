// What draws on a canvas writes SVG: shapes where they were drawn, textures as patterns, texts as texts that can do nothing.
import { expect, it } from "vitest"
import { SvgSurface } from "./svg-surface.ts"

const written = (draw: (surface: SvgSurface) => void) => {
  const surface = new SvgSurface()
  draw(surface)
  return surface.text(100, 50, "Title", "What it shows")
}

it("rectangles, lines and texts stand where they were drawn, moved by what was translated", () => {
  const svg = written((s) => {
    s.save()
    s.translate(10, 5)
    s.fillStyle = "#123456"
    s.fillRect(1, 2, 3, 4)
    s.beginPath()
    s.moveTo(0, 0)
    s.lineTo(5.005, 5)
    s.setLineDash([4, 3])
    s.strokeStyle = "red"
    s.stroke()
    s.restore()
    s.font = "600 11px sans-serif"
    s.textAlign = "right"
    s.fillText("b", 7, 8)
  })
  expect(svg).toContain('<rect x="11" y="7" width="3" height="4" fill="#123456"/>')
  expect(svg).toContain('<path d="M10 5L15.01 10" fill="none" stroke="red" stroke-width="1" stroke-dasharray="4 3"/>')
  expect(svg).toContain(
    '<text x="7" y="8" font-family="sans-serif" font-size="11" font-weight="600" text-anchor="end" fill="#000">b</text>',
  )
})

it("a texture is a pattern that fills name, a clip holds until it is restored, what is faint is faint", () => {
  const svg = written((s) => {
    const dots = s.pattern(5, (tile) => tile.fillRect(0, 0, 1, 1))
    s.save()
    s.beginPath()
    s.rect(0, 0, 10, 10)
    s.clip()
    s.fillStyle = dots
    s.globalAlpha = 0.35
    s.fillRect(0, 0, 9, 9)
    s.restore()
    s.fillRect(0, 0, 8, 8)
  })
  const id = /<pattern id="(\w+)"/.exec(svg)?.[1]
  expect(svg).toContain(`<rect x="0" y="0" width="9" height="9" fill="url(#${id})" opacity="0.35" clip-path="url(#`)
  expect(svg).toContain('<rect x="0" y="0" width="8" height="8" fill="#000"/>')
})

it("no text gets out of its element, and what XML cannot hold is left out", () => {
  const svg = written((s) => s.fillText('</text><script>alert("1")</script>&\u0000\ud800', 0, 0))
  expect(svg).not.toContain("<script")
  expect(svg).toContain('&lt;/text&gt;&lt;script&gt;alert("1")&lt;/script&gt;&amp;\ufffd')
})

it("says what it is and what it shows", () => {
  const svg = written(() => {})
  expect(svg).toContain('<title id="t-title">Title</title>')
  expect(svg).toContain('<desc id="t-desc">What it shows</desc>')
  expect(svg).toContain('viewBox="0 0 100 50"')
})
