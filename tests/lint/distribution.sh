#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# `make dist` packs all that git tracks, and nothing else but what autotools generate.

set -u
. "${top_srcdir:?}/tests/tap.sh"
cd "${top_builddir:?}" || exit 1
name='what is tracked is what is distributed'

if ! [ -e "$top_srcdir/.git" ] || ! git -C "$top_srcdir" ls-files >/dev/null 2>&1; then
	skip "$name" 'not a git checkout, or git not found'
	tap_end
	exit 0
fi

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# The calling make's jobs and options are not this one's.
unset MAKEFLAGS MFLAGS MAKELEVEL
if ! output=$(make distdir distdir="$work/dist" 2>&1); then
	fail "$name" "$output"
	tap_end
	exit 0
fi
git -C "$top_srcdir" ls-files | LC_ALL=C sort >"$work/tracked"
(cd "$work/dist" && find . ! -type d) | sed 's|^\./||' |
	grep -v -e '^build-aux/' -e '^Makefile\.in$' -e '^aclocal\.m4$' -e '^configure$' \
		-e '^config\.h\.in$' | LC_ALL=C sort >"$work/distributed"
none "$name" "$(LC_ALL=C comm -3 "$work/tracked" "$work/distributed" |
	sed -e 's/^\t\(.*\)/\1: distributed but not tracked/' -e t -e 's/$/: tracked but not distributed/')"
tap_end
