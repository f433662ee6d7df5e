import { describe, expect, it } from 'vitest'
import { labEnvironment, labRootHome } from '../../../../electron/lab/environment.ts'
import { namespaceArguments } from '../../../../electron/system/namespace-process.ts'

describe('the environment of a lab', () => {
  it('leads to nothing of the person’s own', () => {
    const personal = {
      LIBVIRT_DEFAULT_URI: 'qemu+ssh://x/system', VIRSH_DEFAULT_CONNECT_URI: 'x', DBUS_SESSION_BUS_ADDRESS: 'x', SSH_AUTH_SOCK: 'x', XDG_RUNTIME_DIR: '/run/user/1000',
      XDG_CONFIG_HOME: '/home/ana/.config', HOME: '/home/ana', USER: 'ana', npm_config_prefix: '/home/ana', TMPDIR: '/home/ana/tmp', LC_ALL: 'es_ES.UTF-8',
    }
    const env = labEnvironment({ ...personal, KEPT: 'yes', PATH: '/usr/bin' })
    expect(JSON.stringify(env)).not.toMatch(/ana|qemu\+ssh|es_ES/)
    expect(env).toMatchObject({ HOME: labRootHome, USER: 'root', TMPDIR: '/tmp', KEPT: 'yes', VIVERO_LAB: '1', LC_ALL: 'C.UTF-8' })
  })

  it('finds the programs of the system, behind the person’s own', () => {
    expect(labEnvironment({ PATH: '/opt/node/bin:/usr/bin:' })['PATH']?.split(':')).toEqual(['/opt/node/bin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/sbin', '/bin'])
    expect(labEnvironment({})['PATH']).toContain('/usr/sbin')
  })

  it('takes what is given on top', () => {
    expect(labEnvironment({ A: '1' }, { A: '2', HOME: '/x' })).toMatchObject({ A: '2', HOME: '/x' })
  })
})

describe('the namespaces of a lab', () => {
  it('begin with a user namespace where it is not root’s, and end with their first process', () => {
    expect(namespaceArguments(false)).not.toContain('--user')
    expect(namespaceArguments(true).slice(0, 3)).toEqual(['--user', '--map-root-user', '--map-auto'])
    expect(namespaceArguments(true)).toEqual(expect.arrayContaining(['--net', '--mount', '--pid', '--kill-child']))
  })
})
