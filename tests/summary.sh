#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# summary.sh BUILD_FOLDER: adds up what `make check` left there. Shows each test that failed, with
# its explanation, or was skipped, and ends with "N passed, N failed", to which ", N skipped" is
# added when some were. Fails when a test failed or none passed.
#
# For each test program, automake's TAP driver writes a .trs file with a line
# ":test-result: RESULT" for each of its tests, and a .log file with its output, in which a line
# "RESULT: PROGRAM NUMBER - NAME" follows each test.

set -eu

find "$1" -name '*.trs' | LC_ALL=C sort | while IFS= read -r results; do
	awk '
		/^(FAIL|XPASS|ERROR): / { print; left = 25; next }
		/^SKIP: / { print }
		# Of a long explanation the beginning.
		/^#/ && left { print "    " $0; left--; next }
		{ left = 0 }' "${results%.trs}.log"
done

find "$1" -name '*.trs' -exec sed -n 's/^:test-result: *//p' {} + | awk '
	/^(PASS|XFAIL)/ { passed++; next }
	/^SKIP/ { skipped++; next }
	# FAIL, XPASS, and ERROR: a program that crashed or ran another number of tests than planned.
	{ failed++ }
	END {
		printf "%d passed, %d failed", passed, failed
		if (skipped)
			printf ", %d skipped", skipped
		printf "\n"
		exit failed > 0 || passed == 0
	}'
