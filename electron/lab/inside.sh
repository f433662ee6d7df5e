#!/bin/bash
# Process 1 of a lab: makes the namespaces that electron/lab/lab.ts has opened into a small machine of their own,
# starts libvirt in it and runs COMMAND beside it.
#
#   inside.sh [OPTION VALUE...]... -- COMMAND [ARG...]
#     --mode root|user      root: the machine's root made the lab; user: it has a user namespace of its own
#     --user NAME UID GROUPS  a user that exists only here; GROUPS separated by commas, may be empty
#     --hide PATH           a folder that is empty in here, beside those that always are
#     --keep PATH           a file or folder that stays visible although it lies in a hidden folder
#     --write PATH          the same, and it can be written; all else of the machine's own is read-only in here
#     --payload TARGET SOURCE  copies SOURCE to TARGET, readable for all; targets lie in /run/lab
#     --share TARGET SOURCE  the same without a copy where every file of SOURCE is readable for all as it is
#     --node PATH           the Node program, put at /run/lab/bin/node
#     --cwd PATH            where COMMAND starts
#     --nested USER         USER can start a lab of her own in here (mode root only)
#     --kvm USER            USER and libvirt's machines can open /dev/kvm, where the machine has one
#
# Descriptors: 2 takes what goes wrong here, 3 becomes COMMAND's standard error, 4 gets "ready" once libvirt answers.
# Everything made here lies in tmpfs or in private copies and is gone with the last process. Root's home is
# /run/lab/root and not /root: the clone or Node may lie there, or /root itself be the clone.
set -eE
trap 'code=$?; echo "lab: \"$BASH_COMMAND\" failed (line $LINENO)" >&2; exit $code' ERR
umask 022

mode=root cwd=/ node= nested= kvm=
users=() hide=(/home /root /tmp /var/tmp /var/log) keep=() write=() payload=() share=()
while [ "$1" != -- ]; do
  case "$1" in
    --mode) mode=$2; shift 2 ;;
    --user) users+=("$2" "$3" "$4"); shift 4 ;;
    --hide) hide+=("$2"); shift 2 ;;
    --keep) keep+=("$2"); shift 2 ;;
    --write) keep+=("$2") write+=("$2"); shift 2 ;;
    --payload) payload+=("$2" "$3"); shift 3 ;;
    --share) share+=("$2" "$3"); shift 3 ;;
    --node) node=$2; shift 2 ;;
    --cwd) cwd=$2; shift 2 ;;
    --nested) nested=$2; shift 2 ;;
    --kvm) kvm=$2; shift 2 ;;
    *) echo "lab: unknown option $1" >&2; exit 2 ;;
  esac
done
shift

# --- folders -------------------------------------------------------------------------------------------------------
# What must stay visible, or is copied from, is held open before the folders around it are covered, and reached by its
# descriptor: FDS and PATHS go side by side.
fds=() paths=()
hold() { # PATH
  local fd
  if [ ! -e "$1" ]; then echo "lab: $1 does not exist" >&2; return 1; fi
  exec {fd}<"$1"
  fds+=("$fd") paths+=("$1")
}
for path in "${keep[@]}"; do hold "$path"; done
for ((i = 1; i < ${#payload[@]}; i += 2)); do hold "${payload[i]}"; done
for ((i = 1; i < ${#share[@]}; i += 2)); do hold "${share[i]}"; done
[ -z "$node" ] || hold "$node"
held() { # PATH: prints the way to it that no mount covers
  local i
  for i in "${!paths[@]}"; do [ "${paths[i]}" != "$1" ] || { echo "/proc/self/fd/${fds[i]}"; return; }; done
  return 1
}

mount -t proc -o nosuid,nodev,noexec proc /proc                # only the lab's processes
mount -t sysfs -o nosuid,nodev,noexec sysfs /sys               # only the lab's interfaces; no cgroup tree to write to
mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs /dev/shm
mount -t tmpfs -o mode=0755,nosuid,size=8g tmpfs /run          # pid files, sockets, leases, device nodes

# A folder that holds a kept one as itself or above itself cannot be covered without losing it.
covers_kept() {
  local path
  for path in "${keep[@]}"; do case "$1/" in "$path"/*) return 0 ;; esac; done
  return 1
}
for path in "${hide[@]}"; do
  [ -d "$path" ] && [ ! -L "$path" ] && [ "$path" != / ] || continue
  ! covers_kept "$path" || continue
  case "$path" in
    /tmp|/var/tmp) mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$path" ;;
    /root) mount -t tmpfs -o mode=0700,nosuid,nodev tmpfs "$path" ;;
    *) mount -t tmpfs -o mode=0755,nosuid,nodev tmpfs "$path" ;;
  esac
done

mkdir -p /run/lock /run/libvirt /run/dnsmasq /run/netns /run/user /run/lab/{bin,app,log,priv,dev} /var/log/{libvirt,swtpm}
mkdir -p /run/lab/priv/{etc/qemu/networks,etc/nwfilter,lib/images,cache,localca}
mkdir /run/lab/root
chmod 0711 /run/lab/root /run/lab/priv /run/lab/priv/lib /run/lab/priv/lib/images

# Back in place: what is kept and no longer to be seen under its own path.
for path in "${keep[@]}"; do
  from=$(held "$path")
  [ ! "$path" -ef "$from" ] || continue
  if [ -d "$from" ]; then mkdir -p "$path"; else mkdir -p "${path%/*}"; [ -e "$path" ] || : > "$path"; fi
  mount --no-canonicalize --rbind "$from" "$path"
done

# --- what COMMAND and the lab's users bring along -------------------------------------------------------------------
copy() { # TARGET FROM
  case "$1" in /run/lab/?*) ;; *) echo "lab: $1 does not lie in /run/lab" >&2; return 1 ;; esac
  mkdir -p "${1%/*}"
  if [ -d "$2" ]; then mkdir -p "$1"; cp -r "$2/." "$1/"; else cp "$2" "$1"; fi
  chmod -R a+rX "$1"
}
readable_for_all() { [ -z "$(find "$1/" ! -type l \( ! -perm -o=r -o -type d ! -perm -o=x \) -print -quit)" ]; }
for ((i = 0; i < ${#payload[@]}; i += 2)); do copy "${payload[i]}" "$(held "${payload[i + 1]}")"; done
for ((i = 0; i < ${#share[@]}; i += 2)); do
  target=${share[i]} from=$(held "${share[i + 1]}")
  if [ -d "$from" ] && readable_for_all "$from"; then
    mkdir -p "$target"; mount --no-canonicalize --rbind "$from" "$target"
  else
    copy "$target" "$from"
  fi
done
if [ -n "$node" ]; then # a bind keeps the file's own mode, so folders that only root may enter do not matter
  from=$(held "$node")
  [ ! /run/lab/bin/node -ef "$from" ] || from=
  case "$([ -z "$from" ] || stat -L -c %a "$from")" in
    '') ;;
    *[57]) : > /run/lab/bin/node; mount --no-canonicalize --bind "$from" /run/lab/bin/node ;;
    *) cp "$from" /run/lab/bin/node; chmod 0755 /run/lab/bin/node ;;
  esac
fi
for fd in "${fds[@]}"; do exec {fd}<&-; done

# --- users ---------------------------------------------------------------------------------------------------------
private() { # FILE: a private copy of /etc/FILE, its path is printed; bound over the real one by bind_private
  cp -p "/etc/$1" "/run/lab/priv/$1" 2>/dev/null || : > "/run/lab/priv/$1"
}
join() { # USER GROUP
  grep -q "^$2:" /run/lab/priv/group || echo "$2:x:$((60000 + RANDOM % 4000)):" >> /run/lab/priv/group
  sed -i -E "s/^($2:[^:]*:[^:]*:)(.*)\$/\1\2,$1/; s/^($2:[^:]*:[^:]*:),/\1/" /run/lab/priv/group
}
for file in passwd group shadow; do private $file; done
sed -i -E 's#^(root:([^:]*:){4})[^:]*#\1/run/lab/root#' /run/lab/priv/passwd
sed -i -E 's/^(libvirt:[^:]*:[^:]*:).*/\1/; s/^(kvm:[^:]*:[^:]*:).*/\1/' /run/lab/priv/group
for ((i = 0; i < ${#users[@]}; i += 3)); do
  name=${users[i]} uid=${users[i + 1]} groups=${users[i + 2]}
  sed -i -E "/^[^:]*:[^:]*:$uid:/d; /^$name:/d" /run/lab/priv/passwd /run/lab/priv/group
  sed -i -E "/^$name:/d" /run/lab/priv/shadow
  echo "$name:x:$uid:$uid::/home/$name:/bin/bash" >> /run/lab/priv/passwd
  echo "$name:x:$uid:" >> /run/lab/priv/group
  echo "$name:*:19000:0:99999:7:::" >> /run/lab/priv/shadow
  for group in ${groups//,/ }; do join "$name" "$group"; done
  mkdir -p "/home/$name" "/run/user/$uid"
  chown "$uid:$uid" "/home/$name" "/run/user/$uid"
  chmod 0700 "/run/user/$uid"
done
[ -z "$kvm" ] || join "$kvm" kvm
if [ "$mode" = root ]; then join libvirt-qemu kvm; fi
for file in passwd group shadow; do [ ! -e "/etc/$file" ] || mount --bind "/run/lab/priv/$file" "/etc/$file"; done
if [ -n "$nested" ]; then
  for file in subuid subgid; do
    echo "$nested:100000:65536" > "/run/lab/priv/$file"
    mount --bind "/run/lab/priv/$file" "/etc/$file"
  done
fi

# --- devices -------------------------------------------------------------------------------------------------------
# As root nodes of the lab's own lie over the machine's, whose modes stay as they are. In a user namespace no node can
# be made: there /dev/net/tun is 0666 as udev makes it, and /dev/kvm as the person has it.
own_node() { # PATH MAJOR MINOR MODE GROUP
  [ -e "$1" ] || return 0
  local own=/run/lab/dev/${1##*/}
  mknod -m "$4" "$own" c "$2" "$3"
  chown "root:$5" "$own"
  mount --bind "$own" "$1"
}
if [ "$mode" = root ]; then
  own_node /dev/net/tun 10 200 0666 root
  [ -z "$kvm" ] || own_node /dev/kvm 10 232 0660 kvm
fi
# Nobody, not even libvirt as root: what root can open and QEMU's user cannot is probed anew at each define (12 s).
if [ -z "$kvm" ] && [ -e /dev/kvm ]; then
  : > /run/lab/dev/kvm
  chmod 0000 /run/lab/dev/kvm
  mount --bind /run/lab/dev/kvm /dev/kvm
fi

# --- what is the machine's own cannot be written from in here, whatever goes wrong ------------------------------------
# Remounting changes this namespace's view alone. A user namespace may take rights away only with all other flags kept.
for path in "${write[@]}"; do mount --bind "$path" "$path"; done
writable() { local path; for path in "${write[@]}"; do [ "$path" != "$1" ] || return 0; done; return 1; }
seal() { # POINT OPTIONS
  local flags
  flags=$(tr , '\n' <<< "$2" | grep -vE '^(rw|ro)$' | paste -sd , -)
  mount -o "remount,bind,ro${flags:+,$flags}" "$1"
}
while read -r point type options; do
  point=$(printf '%b' "$point")                                # findmnt writes blanks as \x20
  case "$type:$point" in
    *:/) ;;
    tmpfs:*|proc:*|sysfs:*|dev*:*|mqueue:*|cgroup*:*|hugetlbfs:*) continue ;;
  esac
  mountpoint -q -- "$point" || continue                        # covered by another one, and so out of reach
  writable "$point" || seal "$point" "$options" || [ "$mode" = user ]
done < <(findmnt -rno TARGET,FSTYPE,VFS-OPTIONS)

# --- libvirt -------------------------------------------------------------------------------------------------------
for pair in etc:/etc/libvirt lib:/var/lib/libvirt cache:/var/cache/libvirt localca:/var/lib/swtpm-localca; do
  [ ! -d "${pair#*:}" ] || mount --bind "/run/lab/priv/${pair%%:*}" "${pair#*:}"
done
chown tss:root /run/lab/priv/localca 2>/dev/null || true       # where swtpm keeps its certificate authority
cp /usr/share/libvirt/networks/default.xml /etc/libvirt/qemu/networks/
cat > /etc/libvirt/libvirtd.conf <<CONF
auth_unix_ro = "none"
auth_unix_rw = "none"
unix_sock_group = "libvirt"
unix_sock_rw_perms = "0770"
log_outputs = "3:file:/run/lab/log/libvirtd.log"
CONF
echo 'log_outputs = "3:file:/run/lab/log/virtlogd.log"' > /etc/libvirt/virtlogd.conf
{
  echo 'cgroup_controllers = []'                               # its directories would stay in the machine's cgroup tree
  echo 'security_driver = "none"'                              # its profiles would be loaded into the kernel
  echo 'namespaces = []'                                       # a private /dev stumbles over bound nodes
  if [ "$mode" = user ]; then
    echo 'remember_owner = 0'                                  # trusted.* attributes need the machine's root
    [ -z "$kvm" ] || printf 'user = "root"\ngroup = "root"\n'  # only the person herself can open /dev/kvm
  fi
} > /etc/libvirt/qemu.conf
ip link set lo up
virtlogd -d 3>&- 4>&-
libvirtd -d 3>&- 4>&-
answers=
for _ in $(seq 1200); do
  if virsh -q -c qemu:///system uri >/dev/null 2>/run/lab/log/answer; then answers=yes; break; fi
  sleep 0.05
done
if [ -z "$answers" ]; then
  tail -n 5 /run/lab/log/libvirtd.log >&2 2>/dev/null || true
  echo "lab: libvirtd does not answer: $(tail -n 1 /run/lab/log/answer)" >&2
  exit 1
fi
[ -e /dev/net/tun ] && [ -r /dev/net/tun ] || echo "lab: /dev/net/tun cannot be opened here: networks take no machines" >&3

# --- COMMAND -------------------------------------------------------------------------------------------------------
# This shell stays process 1 and reaps every orphan: libvirt waits up to 40 s for each dead QEMU that nobody reaps.
cd "$cwd"
trap - ERR
set +eE
echo ready >&4
exec 4>&-
"$@" <&0 2>&3 &
child=$!
exec 3>&-
trap 'kill -TERM $child 2>/dev/null' TERM INT HUP
wait $child; code=$?
while kill -0 $child 2>/dev/null; do wait $child; code=$?; done
exit $code
