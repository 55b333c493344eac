#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Going in below the mapping: from the whole space to the bytes of one variable and back, and the
# same without a screen.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"

need tmux nm

target known "$work/addresses"
counter=$(sed -n 's/^counter //p' "$work/addresses")
program=$(readlink "/proc/$target_pid/exe")
if ! nm "$program" | grep -q ' counter$'; then
	skip 'going in' 'this program has no symbols'
	tap_end
fi

# press KEY...: as keys, and counts them.
press()
{
	pressed=$((pressed + $#))
	keys "$@"
}

for size in '80 24' '160 50'; do
	# shellcheck disable=SC2086 # two words
	screen_start $size "$vastop" "$target_pid"
	shows "$size: the picture is there" 'address space'

	pressed=0
	press g
	wait_until screen_has '^ go to:' || waited_in_vain "g asks for a name" "$(screen)"
	keys -l counter
	press Enter
	shows "$size: the variable is shown in its section" "╭ .*› \\.(data|bss) ─" \
		'▸.* counter' 'counter, variable, 8 bytes; 1 page: in memory,'
	press Enter
	shows "$size: its bytes are shown" '88 77 66 55 44 33 22 11'
	check "$size: that took at most five keys and the name" test "$pressed" -le 5

	press BSpace
	shows "$size: Backspace leads back to the symbol" '▸.* counter' 'counter, variable'
	press BSpace
	shows "$size: to the sections" ' \.(data|bss), (data|bss), [0-9 ]+ bytes'
	press BSpace
	shows "$size: and to the whole" 'address space'

	keys g
	wait_until screen_has '^ go to:' || waited_in_vain "g asks for a name" "$(screen)"
	keys -l known:no_such_symbol
	keys Enter
	shows "$size: a name that is none is said" 'No such symbol'
	keys Escape

	keys g
	wait_until screen_has '^ go to:' || waited_in_vain "g asks for a name" "$(screen)"
	keys -l "$(sed -n 's/^pages //p' "$work/addresses")"
	keys Enter
	shows "$size: an address without a file is gone to" 'pages|anon'
	keys Escape I
	shows "$size: its pages have states" '1 page' 'absent'
	keys q q
	ended "$size: q ends the program" 0
done

inside=$("$vastop" --inside=counter "$target_pid")
case $inside in
*" 8  symbol  variable      anonymous        counter"*) pass '--inside writes the symbols' ;;
*) fail '--inside writes the symbols' "$inside" ;;
esac
case $inside in
*"$counter"*) pass '... with their addresses' ;;
*) fail '... with their addresses' "not $counter: $inside" ;;
esac
tap_end
