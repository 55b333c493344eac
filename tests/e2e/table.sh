#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The table of mappings, in a terminal: what it shows, how it is sorted, and the way back.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need tmux

# The addresses in the table, from the top on.
addresses()
{
	screen | sed -n 's/^[^ ]*..* *\([0-9a-f]\{12\}\)  *[0-9.]*[KMGT] .*/\1/p' >"$work/addresses"
	[ "$(wc -l <"$work/addresses")" -gt 9 ]
}

lowest_is_on_top()
{
	addresses && sort -c "$work/addresses" 2>/dev/null
}

highest_is_on_top()
{
	addresses && sort -rc "$work/addresses" 2>/dev/null
}

sees()
{
	if wait_until "$2"; then
		pass "$1"
	else
		waited_in_vain "$1" "$(screen)"
	fi
}

target plain
for size in '80 24' '160 50'; do
	columns=${size% *}
	lines=${size#* }
	screen_start "$columns" "$lines" "$vastop" "$target_pid"
	shows "$columns: the diagram comes first" 'address space' '\[heap\]'
	keys S
	shows "$columns: S says that there is no table" 't shows the table'
	keys t
	shows "$columns: t shows the table" 'mappings .* by address, low first' 'address.*size.*name'
	sees "$columns: low addresses are on top" lowest_is_on_top
	keys +
	shows "$columns: + says that there is no picture" 't shows the picture'
	keys S
	shows "$columns: S reverses the order" 'by address, high first'
	sees "$columns: high addresses are on top" highest_is_on_top
	keys Right S
	shows "$columns: S sorts by the chosen column" 'by size, most first' 'size(▾|v)'
	keys x
	shows "$columns: x hides the column" 'column size is hidden'
	keys X
	keys Left Left S
	shows "$columns: Left and S sort by address again" 'by address, low first'
	keys Home
	shows "$columns: the program is one line" '(▸|\+) plain'
	keys Enter
	shows "$columns: Enter unfolds it" '(▾|-) plain' 'plain text'
	keys BSpace
	shows "$columns: Backspace folds it" '(▸|\+) plain'
	keys t
	shows "$columns: t shows the diagram again" 'address space'
	keys t
	shows "$columns: and the table" 'by address'
	keys Escape
	shows "$columns: Esc leads back, too" 'address space'
	keys Q
	ended "$columns: Q ends the program" 0
done
restored 'the terminal is as it was'
kill_target

target many 60000
screen_start 80 24 "$vastop" "$target_pid"
shows 'many mappings are there' 'address space'
keys t Right S End
shows 'many mappings are a table, too' 'by size, most first'
keys Q
ended 'Q ends the program' 0
tap_end
