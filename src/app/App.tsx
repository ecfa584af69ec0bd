// The page: its layout on a desk or on a phone, and what floats over either: dialogs, short words, what is said.
import { Suspense, useEffect } from "react"
import { useStore } from "zustand"
import { startRun } from "../client/session.ts"
import { useModels } from "../providers/models.ts"
import { actions, useApp } from "../store/store.ts"
import { keeping } from "./keeping/trouble.ts"
import { late } from "./late.tsx"
import { Layout } from "./layout/layouts.tsx"

const Palette = late(() => import("./keys/Palette.tsx"))
const KeepingDialog = late(() => import("./keeping/KeepingDialog.tsx"))
const Notices = late(() => import("./keeping/Notices.tsx"))
const VariablesDialog = late(() => import("./document/VariablesDialog.tsx"))
const KeysDialog = late(() => import("./keys/KeysDialog.tsx"))
const UpdateOffer = late(async () => ({ default: (await import("./offers/UpdateOffer.tsx")).UpdateOffer }))
const TextDialog = late(() => import("./share/TextDialog.tsx"))
const ShareDialog = late(() => import("./share/ShareDialog.tsx"))
const CopyByHand = late(() => import("./share/CopyByHand.tsx"))
const ProviderDialog = late(() => import("../providers/ProviderDialog.tsx"))
const ConfirmRun = late(async () => ({ default: (await import("../providers/ProviderDialog.tsx")).ConfirmRun }))

export function App() {
  return (
    <>
      <Layout />
      <Dialogs />
      <Toast />
      <Spoken />
    </>
  )
}

function Dialogs() {
  const dialog = useApp((state) => state.shell.dialog)
  const update = useApp((state) => state.shell.update)
  const byHand = useApp((state) => state.shell.byHand !== null)
  const asking = useModels((state) => state.asking !== null)
  const noticed = useStore(
    keeping,
    ({ trouble, accepted, other, link }) => (trouble !== null && !accepted) || other !== null || link !== null,
  )
  return (
    <Suspense fallback={null}>
      {dialog === "models" ? (
        <ProviderDialog onClose={() => actions.openDialog(null)} onRun={() => startRun()} />
      ) : dialog === "share" ? (
        <ShareDialog onClose={() => actions.openDialog(null)} />
      ) : dialog === "text" ? (
        <TextDialog onClose={() => actions.openDialog(null)} />
      ) : dialog === "keeping" ? (
        <KeepingDialog onClose={() => actions.openDialog(null)} />
      ) : dialog === "variables" ? (
        <VariablesDialog onClose={() => actions.openDialog(null)} />
      ) : dialog === "keys" ? (
        <KeysDialog onClose={() => actions.openDialog(null)} />
      ) : dialog === "palette" ? (
        <Palette onClose={() => actions.openDialog(null)} />
      ) : null}
      {asking && <ConfirmRun onRun={() => startRun()} />}
      {byHand && <CopyByHand />}
      {noticed && <Notices />}
      {update && <UpdateOffer />}
    </Suspense>
  )
}

const TOAST_MS = 4000

function Toast() {
  const toast = useApp((state) => state.shell.toast)
  useEffect(() => {
    if (toast === null) return
    const timer = setTimeout(() => actions.toast(null), TOAST_MS)
    return () => clearTimeout(timer)
  }, [toast])
  if (toast === null) return null
  return (
    <div
      aria-hidden="true"
      className="fixed bottom-20 left-1/2 z-50 max-w-[92vw] -translate-x-1/2 rounded-card bg-text px-4 py-2 text-bg shadow-float"
    >
      {toast}
    </div>
  )
}

/** What screen readers are told, politely. */
function Spoken() {
  const { text, count } = useApp((state) => state.shell.said)
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {/* Equal texts are told apart by an empty character, or they would not be read again. */}
      {count % 2 === 0 ? text : `${text}\u200b`}
    </div>
  )
}
