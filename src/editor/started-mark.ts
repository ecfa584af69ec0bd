// The mark beside a line that started tasks: how many, and whether any goes on. The editor's gutter shows it, and the
// stand-in of the first moments, so that neither can look different from the other (code.css).

/** `active`: how many of the `count` tasks go on at the playhead. `pick` is called with the 1-based line when it is pressed. */
export function startedMark(line: number, count: number, active: number, pick: (line: number) => void): HTMLButtonElement {
  const button = document.createElement("button")
  button.type = "button"
  button.className = active > 0 ? "cm-started cm-started-active" : "cm-started"
  button.tabIndex = -1
  button.textContent = count > 99 ? "99+" : String(count)
  const going = active > 0 ? `, ${active} going on` : ""
  button.title = `Line ${line} started ${count === 1 ? "1 task" : `${count} tasks`}${going}: show in the timeline`
  button.setAttribute("aria-label", button.title)
  button.onclick = () => pick(line)
  return button
}
