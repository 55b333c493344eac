#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What can be said of a text without understanding it: its format, white space, licence, length.

set -u
. "${top_srcdir:?}/tests/tap.sh"
cd "$top_srcdir" || exit 1

# clang-format formats differently from one major version to the next.
clang_format_major=14
longest_file=400
longest_function=50

# What is kept of the program's sources: in a checkout what git tracks and what is new, else (in
# an unpacked distribution) what is there. Recorded and expected texts are as they are.
files()
{
	if [ -e .git ] && git ls-files >/dev/null 2>&1; then
		git ls-files --cached --others --exclude-standard
	else
		find . -name .deps -prune -o -name _build -prune -o -name build-aux -prune -o -name 'build*' -type d -prune -o \
			-type f ! -name '*.[oa]' ! -name '*.log' ! -name '*.trs' ! -name 'Makefile.in' \
			! -name Makefile ! -path './aclocal.m4' ! -path './config*[!c]' -print |
			sed 's|^\./||'
	fi | grep -v -e '^tests/fixtures/' -e '^tests/golden/' -e '^tests/fuzz/.*corpus' -e '^LICENSE$' \
		-e '\.png$' |
		while IFS= read -r file; do
			[ ! -f "$file" ] || printf '%s\n' "$file"
		done | LC_ALL=C sort
}

all_files=$(files)

c_files()
{
	printf '%s\n' "$all_files" | grep '\.[ch]$'
}

scripts()
{
	printf '%s\n' "$all_files" | grep -e '\.sh$' -e '^bootstrap$' -e '^\.ci/run$'
}

# All that is compiled, run or configures the build; the layers' lists of files are part of
# Makefile.am and under its licence.
sources()
{
	printf '%s\n' "$all_files" | grep -e '\.[ch]$' -e '\.sh$' -e '\.am$' -e '\.ac$' -e '\.awk$' \
		-e '\.sed$' -e '\.jq$' -e '^bootstrap$' -e '^\.ci/run$'
}

# on_each COMMAND...: runs it with the files that stdin lists behind its arguments, all at once.
on_each()
{
	tr '\n' '\0' | xargs -0 "$@"
}

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

trailing_space()
{
	printf '%s\n' "$all_files" | on_each grep -nIE '[[:space:]]+$' /dev/null |
		sed 's/\(:[0-9]*\):.*/\1/'
}

# Behind each file's name stands its last byte: nothing in that line where it is a newline.
without_final_newline()
{
	printf '%s\n' "$all_files" | on_each tail -v -c 1 | awk '
		/^==> .* <==$/ { file = substr($0, 5, length($0) - 8); next }
		$0 != "" { print file }'
}

without_licence()
{
	sources | on_each awk '
		FNR > 3 { nextfile }
		/SPDX-License-Identifier: GPL-2\.0-or-later/ { found[FILENAME] = 1 }
		END {
			for (i = 1; i < ARGC; i++)
				if (!(ARGV[i] in found))
					print ARGV[i]
		}'
}

# Every .c, .h and script is a sitting.
long_files()
{
	{ c_files; scripts; } | on_each wc -l | awk -v longest="$longest_file" '
		$2 != "total" && $1 > longest { print $2 ": " $1 " lines" }'
}

# Functions that may be longer, each because it is one table or one flat list of tests.
may_be_long()
{
	case $2 in
	main) case $1 in tests/*) return 0 ;; esac ;; # the list of a file's tests
	esac
	return 1
}

# A function is a screenful. Blank lines and comments are free, and so are case labels: a flat
# switch is a table. Functions begin with "{" in the first column, as the format wants it.
long_functions()
{
	# shellcheck disable=SC2016 # the expansions are awk's
	c_files | grep '\.c$' | on_each awk -v longest="$longest_function" '
		FNR == 1 { inside = comment = 0 }
		/^[a-z_].*\(/ { name = $0; sub(/\(.*/, "", name); sub(/.*[ *]/, "", name) }
		/^\{/ { inside = 1; lines = 0; next }
		/^\}/ {
			if (inside && lines > longest)
				print FILENAME, name, lines
			inside = 0
			next
		}
		!inside { next }
		comment { if (/\*\//) comment = 0; next }
		/^[ \t]*\/\*/ { if (!/\*\//) comment = 1; next }
		/^[ \t]*$/ || /^[ \t]*(case .*|default):/ { next }
		{ lines++ }' | while read -r file name lines; do
		may_be_long "$file" "$name" || echo "$file: $name() has $lines lines"
	done
}

clang_format_test
shellcheck_test
none 'no white space at the ends of lines' "$(trailing_space)"
none 'every file ends in a newline' "$(without_final_newline)"
none 'every source and script names its licence' "$(without_licence)"
none "no file is longer than $longest_file lines" "$(long_files)"
none "no function is longer than $longest_function lines" "$(long_functions)"
check 'LICENSE is the GNU General Public License, version 2' \
	sh -c 'head -n 2 LICENSE | grep -q "GNU GENERAL PUBLIC LICENSE" &&
		head -n 2 LICENSE | grep -q "Version 2, June 1991"'
tap_end
