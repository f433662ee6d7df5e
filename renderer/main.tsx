import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import './app/theme.css'
import { createRoot } from 'react-dom/client'
import { call, openTransport } from './api/client.ts'
import { writeClipboard } from './api/clipboard.ts'
import { startEventBridge } from './api/event-bridge.ts'
import { App } from './app/App.tsx'
import { startWords } from './app/i18n.ts'
import { runRequest } from './app/network-power.ts'
import { openPlace } from './app/open-place.ts'
import { followView } from './app/view.ts'
import { appStore } from './stores/app-store.ts'
import { showError } from './ui/notices.tsx'
import { provideUiServices } from './ui/services.ts'

startWords()
provideUiServices({
  showError: (thrown) => showError(thrown),
  run: runRequest,
  open: openPlace,
  writeClipboard,
  nativeDialogs: () => appStore.getState().info?.nativeDialogs ?? false,
  pickNative: async (purpose, start) => (await call('desktop.pick-file', { purpose, start })).path,
  listFolder: (path, hidden) => call('file.list', { path, hidden }),
  startFolder: () => appStore.getState().info?.folders.downloads ?? '~',
})

const element = document.getElementById('root')
if (!element) throw new Error('the page lacks its root element')
const root = createRoot(element)
const draw = (failure: unknown): void => root.render(<App failure={failure} />)

openTransport()
followView()
startEventBridge(draw)
draw(null)
