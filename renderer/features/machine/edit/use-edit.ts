import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import type { DomainDetails } from '../../../../shared/model/domain.ts'
import { checkEdit, type EditFinding, type EditLimits, type MachineEdit } from '../../../../shared/model/machine-edit.ts'
import { call } from '../../../api/client.ts'
import { useAppStore } from '../../../stores/app-store.ts'
import { showDone, showError } from '../../../ui/notices.tsx'

/** What the host has for the machine now; undefined while it is read, null where it cannot be. */
export function useEditLimits({ connection, uuid }: Pick<DomainDetails, 'connection' | 'uuid'>): EditLimits | null | undefined {
  const [limits, setLimits] = useState<EditLimits | null>()
  useEffect(() => {
    let current = true
    // without it the host checks when it is saved
    call('domain.edit-limits', { connection, uuid }).then((answer) => current && setLimits(answer), () => current && setLimits(null))
    return () => {
      current = false
    }
  }, [connection, uuid])
  return limits
}

/** Remarks on an edit, as the host would make them. */
export function useFindings(details: DomainDetails, edit: MachineEdit, limits: EditLimits | null): readonly EditFinding[] {
  const machines = useAppStore(useShallow((state) => Object.values(state.domains).filter((one) => one.connection === details.connection)))
  return checkEdit(edit, { details, machines, limits })
}

interface Saving {
  readonly busy: boolean
  readonly error: unknown
  /** True where it was kept; what the running machine refused is shown, and waits for its next start. */
  save(edit: MachineEdit): Promise<boolean>
}

/** Saves an edit once; the error stays beside its form. */
export function useSaveEdit({ connection, uuid }: DomainDetails, onChanged: (details: DomainDetails) => void): Saving {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const save = async (edit: MachineEdit): Promise<boolean> => {
    setBusy(true)
    setError(null)
    try {
      const { details, failures } = await call('domain.edit', { connection, uuid, ...plain(edit) })
      onChanged(details)
      for (const failure of failures) showError(failure.error, { title: t('machine:edit.waits') })
      if (failures.length === 0) showDone(t('machine:edit.saved'))
      return true
    } catch (reason) {
      setError(reason)
      return false
    } finally {
      setBusy(false)
    }
  }
  return { busy, error, save }
}

/** The contract's lists are not read-only. */
function plain({ boot, ...edit }: MachineEdit) {
  return { ...edit, ...(boot ? { boot: { by: boot.by, entries: [...boot.entries] } } : {}) }
}

