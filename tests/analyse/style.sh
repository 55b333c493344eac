#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Whether the sources look as .clang-format says, and what shellcheck takes for faults in the scripts.
# Both take longer than all else that is asked about texts (tests/lint/format.sh).

set -u
. "${top_srcdir:?}/tests/tap.sh"
cd "$top_srcdir" || exit 1
. tests/files.sh

# clang-format formats differently from one major version to the next.
clang_format_major=14

# on_some COUNT COMMAND...: the same with so many files at a time, on all processors. What each
# writes should be one short piece: pieces come in any order.
on_some()
{
	some=$1
	shift
	tr '\n' '\0' | xargs -0 -n "$some" -P "$(nproc)" "$@"
}

badly_formatted()
{
	# shellcheck disable=SC2016 # the expansions are the inner shell's
	c_files | on_some 32 sh -c 'clang-format --dry-run -Werror "$@" 2>&1 |
		sed -n "s/:[0-9]*:[0-9]*: error:.*//p" | LC_ALL=C sort -u' sh | LC_ALL=C sort
}

clang_format_test()
{
	name='C is formatted as .clang-format says'
	if ! command -v clang-format >/dev/null; then
		skip "$name" 'clang-format not found'
		return
	fi
	case $(clang-format --version) in
	*"version $clang_format_major."*) none "$name" "$(badly_formatted)" ;;
	*) skip "$name" "clang-format is not of version $clang_format_major" ;;
	esac
}

shellcheck_test()
{
	name='shellcheck finds nothing in the scripts'
	if ! command -v shellcheck >/dev/null; then
		skip "$name" 'shellcheck not found'
		return
	fi
	# -x: what a script sources is known where it is checked. SC1091: sourced files that the
	# build's variables hide are checked themselves.
	none "$name" "$(scripts | on_some 12 shellcheck -x -f gcc -e SC1091 |
		LC_ALL=C sort -t: -k1,1 -k2,2n)"
}

clang_format_test
shellcheck_test
tap_end
