#!/bin/sh
# Installs what the tests use and this machine lacks: a browser, LDAP servers, and mail clients written by others.
set -eu

missing=
need() { command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ] || missing="$missing $2"; }
need chromium chromium
need chromedriver chromium-driver
need slapd slapd
need ns-slapd 389-ds-base
need ldapsearch ldap-utils
need swaks swaks
need mbsync isync
need mutt mutt
need curl curl
need openssl openssl
need snmpget snmp
need snmptrapd snmptrapd
need python3 python3
[ -n "$missing" ] || exit 0

echo "posthouse: the tests need$missing"
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "posthouse: install them first (Debian: apt-get install$missing)" >&2
  exit 1
fi

# Packages start their services when installed; the tests start their own slapd on loopback and want no other.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
  trap 'rm -f "$policy"' EXIT
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086 # A list of names.
apt-get install -y -qq --no-install-recommends $missing >/dev/null
