#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What can be said of a text without understanding it: white space, licence, length. How C is formatted
# is asked with static analysis (tests/analyse/style.sh): it takes as long as a tenth of the suite.

set -u
. "${top_srcdir:?}/tests/tap.sh"
cd "$top_srcdir" || exit 1
. tests/files.sh

longest_file=400
longest_function=50

# All that is compiled, run or configures the build; the layers' lists of files are part of
# Makefile.am and under its licence.
sources()
{
	printf '%s\n' "$all_files" | grep -e '\.[ch]$' -e '\.sh$' -e '\.am$' -e '\.ac$' -e '\.awk$' \
		-e '\.sed$' -e '\.jq$' -e '^bootstrap$' -e '^\.ci/run$'
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

none 'no white space at the ends of lines' "$(trailing_space)"
none 'every file ends in a newline' "$(without_final_newline)"
none 'every source and script names its licence' "$(without_licence)"
none "no file is longer than $longest_file lines" "$(long_files)"
none "no function is longer than $longest_function lines" "$(long_functions)"
check 'LICENSE is the GNU General Public License, version 2' \
	sh -c 'head -n 2 LICENSE | grep -q "GNU GENERAL PUBLIC LICENSE" &&
		head -n 2 LICENSE | grep -q "Version 2, June 1991"'
tap_end
