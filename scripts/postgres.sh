#!/usr/bin/env bash
# Runs the tests against real servers, PostgreSQL and PgBouncer; with the word `install`, only installs these where they
# are missing, from Debian's packages. Each test starts its own servers on loopback, in a folder of its own and each
# under its own user, and stops them; no service is left.
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
	if ! dpkg -s postgresql pgbouncer >/dev/null 2>&1; then
		export DEBIAN_FRONTEND=noninteractive
		# Debian would make a cluster and start it: the tests need the programs only.
		mkdir -p /etc/postgresql-common
		grep -qs '^create_main_cluster' /etc/postgresql-common/createcluster.conf ||
			echo 'create_main_cluster = false' >>/etc/postgresql-common/createcluster.conf
		apt-get -qq update </dev/null
		apt-get -qq install --yes --no-install-recommends -o Dpkg::Options::=--force-confold \
			postgresql pgbouncer </dev/null >/dev/null
	fi
	# Debian's PgBouncer runs as the user that PostgreSQL's package makes: here it has its own.
	id pgbouncer >/dev/null 2>&1 || adduser --system --group --no-create-home --quiet pgbouncer
fi
if [[ ${1-} == install ]]; then exit; fi

npm run -s build
exec node --test --test-concurrency=1 --test-timeout=120000 examples/database/.test/*.test.js
