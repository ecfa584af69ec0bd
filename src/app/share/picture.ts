// The timeline as a picture: its canvases where they stand, the names and numbers beside them drawn as text, and under them
// what the run was. Nothing is drawn anew, so the picture is what the reader sees.

const FOOT_PX = 30
const PAD_PX = 10

/** A PNG of the timeline on screen; null where there is none to see. `caption` is one line under it. */
export async function timelinePicture(caption: string): Promise<Blob | null> {
  const frame = document.querySelector<HTMLElement>('[data-region="timeline"]')
  const box = frame?.getBoundingClientRect()
  if (!frame || !box || box.width < 10 || box.height < 10) return null
  const scale = Math.max(2, devicePixelRatio)
  const canvas = document.createElement("canvas")
  canvas.width = Math.round(box.width * scale)
  canvas.height = Math.round((box.height + FOOT_PX) * scale)
  const ctx = canvas.getContext("2d")
  if (!ctx) return null
  const look = getComputedStyle(document.documentElement)
  ctx.scale(scale, scale)
  ctx.fillStyle = look.getPropertyValue("--bg").trim() || "#fff"
  ctx.fillRect(0, 0, box.width, box.height + FOOT_PX)
  for (const part of frame.querySelectorAll<HTMLElement>("[role=row], .timeline-gutter")) drawGround(ctx, part, box)
  for (const part of frame.querySelectorAll("canvas")) {
    const at = part.getBoundingClientRect()
    if (at.width > 0 && at.height > 0 && part.width > 0 && part.height > 0)
      within(ctx, clipOf(part, box), () => ctx.drawImage(part, at.left - box.left, at.top - box.top, at.width, at.height))
  }
  for (const part of frame.querySelectorAll<HTMLElement>(".timeline-gutter")) drawTexts(ctx, part, box)
  ctx.fillStyle = look.getPropertyValue("--hairline").trim() || "#ccc"
  ctx.fillRect(0, box.height, box.width, 1)
  ctx.fillStyle = look.getPropertyValue("--text-2").trim() || "#444"
  ctx.font = `12px ${getComputedStyle(document.body).fontFamily}`
  ctx.textBaseline = "middle"
  ctx.fillText(caption, PAD_PX, box.height + FOOT_PX / 2 + 1, box.width - 2 * PAD_PX)
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"))
}

type Box = Pick<DOMRect, "left" | "top" | "right" | "bottom">

/** The part of an element that its scrolling ancestors leave to be seen. */
function clipOf(element: Element, frame: DOMRect): Box {
  let { left, top, right, bottom } = frame
  for (let up = element.parentElement; up && !up.matches('[data-region="timeline"]'); up = up.parentElement) {
    if (getComputedStyle(up).overflowY === "visible") continue
    const at = up.getBoundingClientRect()
    left = Math.max(left, at.left)
    top = Math.max(top, at.top)
    right = Math.min(right, at.right)
    bottom = Math.min(bottom, at.bottom)
  }
  return { left: left - frame.left, top: top - frame.top, right: right - frame.left, bottom: bottom - frame.top }
}

function within(ctx: CanvasRenderingContext2D, clip: Box, draw: () => void): void {
  ctx.save()
  ctx.beginPath()
  ctx.rect(clip.left, clip.top, Math.max(0, clip.right - clip.left), Math.max(0, clip.bottom - clip.top))
  ctx.clip()
  draw()
  ctx.restore()
}

function drawGround(ctx: CanvasRenderingContext2D, part: HTMLElement, frame: DOMRect): void {
  const at = part.getBoundingClientRect()
  const { backgroundColor } = getComputedStyle(part)
  if (at.height < 2 || at.width < 2 || backgroundColor === "rgba(0, 0, 0, 0)") return
  within(ctx, clipOf(part, frame), () => {
    ctx.fillStyle = backgroundColor
    ctx.fillRect(at.left - frame.left, at.top - frame.top, at.width, at.height)
  })
}

function drawTexts(ctx: CanvasRenderingContext2D, part: HTMLElement, frame: DOMRect): void {
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement
    const text = node.textContent?.trim() ?? ""
    if (!holder || text === "" || holder.closest(".sr-only")) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const at = range.getBoundingClientRect()
    if (at.width < 1 || at.height < 1) continue
    const { color, font } = getComputedStyle(holder)
    const own = holder.getBoundingClientRect()
    const clip = clipOf(holder, frame)
    within(ctx, { ...clip, right: Math.min(clip.right, own.right - frame.left) }, () => {
      ctx.fillStyle = color
      ctx.font = font
      ctx.textBaseline = "middle"
      ctx.fillText(text, at.left - frame.left, (at.top + at.bottom) / 2 - frame.top)
    })
  }
}
