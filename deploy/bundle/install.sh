#!/bin/sh
# Installs the release that this file lies in. Needs no network. Run again for another release: an upgrade.
#   sudo ./install.sh             into /opt/mingjian, /etc/mingjian and /var/lib/mingjian
#   ./install.sh --root DIR       the same below DIR, without users and services: to look at, or to make an image
# Nothing below /etc/mingjian or /var/lib/mingjian is overwritten, and no service is started or restarted.
set -eu

fail() {
  echo "install.sh: $*" >&2
  exit 1
}

root=
case "${1:-}" in
  '') [ "$(id -u)" = 0 ] || fail 'run it as root, or with --root DIR' ;;
  --root) root=${2:?install.sh: --root needs a directory} ;;
  *) fail "unknown: $1; the only option is --root DIR" ;;
esac

here=$(cd "$(dirname "$0")" && pwd)
cd "$here"
echo 'Checking the files of the release …'
sha256sum --check --quiet --strict SHA256SUMS || fail 'the release is damaged: copy it again'
platform=$(cat PLATFORM)
[ "$(uname -m)" = "${platform#* }" ] || fail "this release is for $platform, this machine is $(uname -m)"
node=bin/node
[ -x "$node" ] || node=node
"$node" -e '
  const [major, minor] = process.versions.node.split(".").map(Number);
  process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)
' || fail 'Node.js 20.19 or newer cannot be run here: a release with Node.js in it needs glibc 2.28 or newer'

name=$(cat VERSION)
releases=$root/opt/mingjian/releases
mkdir -p "$releases" "$root/etc/mingjian" "$root/etc/systemd/system" "$root/usr/local/bin"
if [ "$here" != "$releases/$name" ]; then
  [ ! -e "$releases/$name" ] || fail "release $name is installed already; remove $releases/$name to install it anew"
  rm -rf "$releases/$name.part"
  cp -R . "$releases/$name.part"
  chmod -R u=rwX,go=rX "$releases/$name.part"
  mv "$releases/$name.part" "$releases/$name"
fi

for what in rulesets/demo-city rulesets/calendars; do
  to=$root/etc/mingjian/${what##*/}
  [ "$what" = rulesets/calendars ] || to=$root/etc/mingjian/rulesets
  [ -e "$to" ] || cp -R "$releases/$name/$what" "$to"
done
[ -e "$root/etc/mingjian/mingjian.env" ] || cp deploy/systemd/mingjian.env "$root/etc/mingjian/mingjian.env"
cp deploy/systemd/mingjian*.service deploy/systemd/mingjian*.timer "$root/etc/systemd/system/"
cp deploy/bundle/mingjian "$root/usr/local/bin/mingjian"
chmod 755 "$root/usr/local/bin/mingjian"

if [ -z "$root" ]; then
  id mingjian >/dev/null 2>&1 ||
    useradd --system --home-dir /var/lib/mingjian --shell /usr/sbin/nologin mingjian
  chown root:mingjian /etc/mingjian /etc/mingjian/mingjian.env
  chmod 750 /etc/mingjian
  chmod 640 /etc/mingjian/mingjian.env
  install -d -o mingjian -g mingjian -m 750 /var/lib/mingjian /var/backups/mingjian
  # Where SELinux is enforced what was copied from a home directory cannot be run by a service.
  if command -v restorecon >/dev/null 2>&1; then restorecon -R /opt/mingjian /usr/local/bin/mingjian; fi
  if command -v systemctl >/dev/null 2>&1 && [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
fi

# In one step: a process that starts meanwhile finds the old release or the new one.
ln -s "releases/$name" "$root/opt/mingjian/current.next"
mv -T "$root/opt/mingjian/current.next" "$root/opt/mingjian/current"
echo "Installed $name. Next:
  edit    $root/etc/mingjian/mingjian.env and the rules beside it
  look    mingjian doctor
  start   systemctl enable --now mingjian mingjian-backup.timer
  update  systemctl restart mingjian
Back to a former release: ln -s releases/NAME /opt/mingjian/current.next && mv -T /opt/mingjian/current.next /opt/mingjian/current"
