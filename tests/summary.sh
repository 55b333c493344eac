#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# summary.sh BUILD_FOLDER: adds up what `make check` left there. Shows each test that failed or
# was skipped, and ends with "N passed, N failed", ", N skipped" added when there were some. Fails
# when a test failed or none ran to its end.
#
# The TAP driver of automake writes a .trs file for each test program, with a line
# ":test-result: RESULT NAME" for each of its tests.

set -eu

find "$1" -name '*.trs' | LC_ALL=C sort | {
	while IFS= read -r results; do
		program=${results#"$1"/}
		program=${program%.trs}
		sed -n "s|^:test-result: \([A-Z]*\) *\(.*\)|\1 $program: \2|p" "$results"
	done
} | awk '
	$1 == "PASS" || $1 == "XFAIL" { passed++; next }
	$1 == "SKIP" { skipped++; print; next }
	# FAIL, XPASS, and ERROR: a program that crashed or ran another number of tests than planned
	{ failed++; print }
	END {
		printf "%d passed, %d failed", passed, failed
		if (skipped)
			printf ", %d skipped", skipped
		printf "\n"
		exit failed > 0 || passed == 0
	}'
