#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What lies in the folders of tests is what `make check` runs, and the other way round. The lists
# are those of the makefiles: make gives them in the environment.

set -u
. "${top_srcdir:?}/tests/tap.sh"
cd "$top_srcdir" || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# compare NAME LISTED FOUND: both of any order; a list that is empty is a mistake of this test.
compare()
{
	# shellcheck disable=SC2086 # lists of words, here and below
	printf '%s\n' $2 | LC_ALL=C sort >"$work/listed"
	# shellcheck disable=SC2086
	printf '%s\n' $3 | LC_ALL=C sort >"$work/found"
	none "$1" "$(
		[ -s "$work/found" ] || echo 'nothing is there'
		LC_ALL=C comm -23 "$work/listed" "$work/found" | sed 's/$/: listed, but not there/'
		LC_ALL=C comm -13 "$work/listed" "$work/found" | sed 's/$/: there, but never run/'
		LC_ALL=C uniq -d "$work/listed" | sed 's/$/: listed twice/'
	)"
}

# found PATTERN [SED-SCRIPT]: the files of that name, without what the script takes away.
found()
{
	for file in $1; do
		[ ! -e "$file" ] || printf '%s\n' "$file"
	done | sed "${2-}"
}

listed_scripts()
{
	for script in ${listed_scripts:?}; do
		case $script in
		"$1"*) echo "$script" ;;
		esac
	done
}

compare 'every unit test is run' "${listed_unit_tests:?}" "$(found 'tests/unit/test_*.c' 's/\.c$//')"
compare 'every script of tests/lint is run' "$(listed_scripts tests/lint/)" "$(found 'tests/lint/*.sh')"
compare 'every script of tests/e2e is run' "$(listed_scripts tests/e2e/)" \
	"$(found 'tests/e2e/*.sh' '/\/lib\.sh$/d')"
compare 'every fuzz target is run' "${listed_fuzz_targets:?}" "$(found 'tests/fuzz/fuzz_*.c' 's/\.c$//')"
compare 'every fuzz target has a corpus' "$listed_fuzz_targets" \
	"$(found 'tests/fuzz/corpus/*' 's|/corpus/|/|')"
compare 'every program to be watched is built' "${listed_targets:?}" "$(found 'tests/targets/*.c' 's/\.c$//')"
compare 'every benchmark is built' "${listed_benchmarks:?}" "$(found 'tests/bench/bench_*.c' 's/\.c$//')"
tap_end
