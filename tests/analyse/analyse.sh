#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# analyse.sh [FOLDER...]: what static analysis takes for faults in these folders (default: all of
# src), a test for each folder and analyser: cppcheck, clang-tidy as .clang-tidy says, gcc's -fanalyzer.
# One that is not installed is skipped, visibly. Run from the build folder, with top_srcdir set.
#
# shellcheck disable=SC2016 # what looks like variables is for the inner shells

set -u
. "${top_srcdir:?}/tests/tap.sh"
flags="-std=gnu11 -D_GNU_SOURCE -DHAVE_CONFIG_H -I. -I$top_srcdir/include -Isrc -DTHEME_DIR=\"\""

[ $# -gt 0 ] || set -- "$top_srcdir"/src/*/
jobs=$(nproc)

sources()
{
	find "$1" -name '*.c' | LC_ALL=C sort
}

# The suppressions name files as they are below the root of the sources.
with_cppcheck()
{
	(cd "$top_srcdir" && cppcheck --quiet --std=c11 --enable=warning,performance,portability \
		-I include --suppressions-list=tests/analyse/cppcheck.suppressions \
		--template='{file}:{line}: {message} [{id}]' "${1#"$top_srcdir"/}" 2>&1)
}

# The first line of each report; those that tests/analyse/clang-tidy.suppressions names are none.
with_tidy()
{
	sources "$1" | xargs -P "$jobs" -n 4 sh -c '
		for source; do clang-tidy --quiet "$source" -- '"$flags"' 2>/dev/null; done' sh |
		sed -n "s|^$top_srcdir/||; s|^\\(src/[^:]*\\):[0-9:]* error: \\(.*\\) \\[\\([a-zA-Z.-]*\\),.*|\\1 \\3: \\2|p" |
		sort -u | grep -v -F "$(sed '/^#/d; /^$/d' "$top_srcdir/tests/analyse/clang-tidy.suppressions")"
}

# gcc 12 follows calls, but not what a caller has made sure of: its reports of null pointers and of
# uninitialised values are all of paths that no caller takes, and left to the other two.
with_gcc()
{
	sources "$1" | xargs -P "$jobs" -n 4 sh -c '
		for source; do
			gcc '"$flags"' -O1 -fanalyzer -Wno-analyzer-null-dereference \
				-Wno-analyzer-use-of-uninitialized-value \
				-c -o /dev/null "$source" 2>&1 | grep "Wanalyzer"
		done' sh
}

# analyse TOOL NAME FUNCTION FOLDER
analyse()
{
	if command -v "$1" >/dev/null; then
		none "$2: ${4#"$top_srcdir"/}" "$("$3" "$4")"
	else
		skip "$2: ${4#"$top_srcdir"/}" "$1 is not installed"
	fi
}

for folder; do
	folder=${folder%/}
	case $folder in
	/*) ;;
	*) folder=$top_srcdir/$folder ;;
	esac
	analyse cppcheck cppcheck with_cppcheck "$folder"
	analyse clang-tidy clang-tidy with_tidy "$folder"
	analyse gcc 'gcc -fanalyzer' with_gcc "$folder"
done
tap_end
