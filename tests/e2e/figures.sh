#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A figure that stands on the screen twice is the same in both places, and what the kernel says.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need tmux

# header WORD: the figure behind the word in the second line of the screen.
header()
{
	sed -n 2p "$work/screen" | sed -n "s/.* $1 \([0-9.]*[KMGT]*\).*/\1/p"
}

# agree NAME WORD COMMAND: the header's figure is the one that the command finds on the same screen.
same()
{
	screen >"$work/screen"
	found=$($2)
	[ -n "$found" ] && [ "$(header "$1")" = "$found" ]
}

agree()
{
	if wait_until same "$2" "$3"; then
		pass "$1"
	else
		waited_in_vain "$1" "header: $(header "$2"), elsewhere: $($3)
$(cat "$work/screen")"
	fi
}

# The line "all" of the usage by kind, field by field.
all()
{
	sed -n 's/^│ *\(all .*\)│$/\1/p' "$work/screen" | awk -v field="$1" '{ print $field }'
}
all_mappings() { all 2; }
all_size() { all 3; }
all_rss() { all 4; }

limit_mappings()
{
	sed -n 's/^.* mappings  *\([0-9]*\) of .*/\1/p' "$work/screen"
}

table_mappings()
{
	sed -n 's/^╭ mappings ─* \([0-9]*\)  by .*/\1/p' "$work/screen"
}

# The value in the title of the chart.
chart()
{
	sed -n "s/^╭ $1 ─* \([0-9.]*[KMGT]*\).*/\1/p" "$work/screen"
}
chart_rss() { chart rss; }
chart_size() { chart size; }

target plain
screen_start 160 50 "$vastop" --procfs=/proc "$target_pid"
shows 'the header' "vastop.*$target_pid" 'maps [0-9]+ of'
keys u
agree 'mappings: header and usage by kind' maps all_mappings
agree 'size: header and usage by kind' size all_size
agree 'rss: header and usage by kind' rss all_rss
agree 'mappings: header and limits' maps limit_mappings
keys u t
agree 'mappings: header and table' maps table_mappings
keys t v v v v
agree 'rss: header and chart' rss chart_rss
keys v
agree 'size: header and chart' size chart_size
keys Q
ended 'Q ends the program' 0

# VmSize, but for how the last digit is rounded, and the number of lines in maps but for [vsyscall].
figures_are_the_kernels()
{
	"$vastop" --once --width=120 "$target_pid" >"$work/screen"
	lines=$(grep -vc '\[vsyscall\]' "/proc/$target_pid/maps")
	[ "$(header maps)" = "$lines" ] &&
		awk -v shown="$(header size)" '
			/^VmSize:/ { apart = $2 / 1024 - shown }
			END { exit apart < -0.1 || apart > 0.1 }' "/proc/$target_pid/status"
}
check 'size is VmSize, mappings are those of the process' wait_until figures_are_the_kernels
tap_end
