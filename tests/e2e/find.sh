#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Searching and filtering, on small and on large screens.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need tmux

# The line that is typed stands in the last line of the screen.
asks()
{
	shows "$1" "^ $2"
}

# Whether the screen is free of a pattern.
screen_lacks()
{
	! screen_has "$1"
}

lacks()
{
	if wait_until screen_lacks "$2"; then
		pass "$1"
	else
		fail "$1" "still on the screen: $2
$(screen)"
	fi
}

target plain
for size in '80 24' '160 50'; do
	# shellcheck disable=SC2086 # columns and lines
	screen_start $size "$vastop" "$target_pid"
	shows "the picture at $size" "vastop.*$target_pid" '\[heap\]'

	keys n
	shows "nothing to go on with at $size" 'There is no previous search'
	keys /
	keys 'kind:stack'
	shows "what is typed is found at once at $size" 'kind:stack +Match 1 of 1' '^[^ ]▸?.*\[stack\]'
	keys Escape
	lacks "Esc ends typing at $size" 'kind:stack'
	keys /
	keys 'libc.* perm:x'
	shows "the first match at $size" 'Match [0-9]+ of [0-9]+'
	keys Enter
	shows "the match has a band of its own at $size" '▸.*libc[^ ]* text'
	keys n
	shows "the next match at $size" 'Match [0-9]+ of [0-9]+'

	keys /
	keys 'kind:hepa'
	keys Enter
	shows "a mistake is told with its place at $size" 'At column 6: there is no kind hepa; did you mean heap'
	keys Escape
	keys /
	keys 'libc('
	keys Enter
	shows "a pattern's mistake, too, at $size" 'missing closing parenthesis'
	keys Escape
	keys Escape

	keys f
	asks "f asks for a filter at $size" 'filter:'
	keys 'kind:text'
	keys Enter
	shows "the filter is counted at $size" 'address space, [0-9]+ of [0-9]+: kind:text'
	shows "what it dims is still there at $size" '\[heap\]'
	keys f
	shows "what it hides is said to be hidden at $size" 'only [0-9]+ of' '[0-9]+ mappings? hidden'
	lacks "what is hidden is gone from the picture at $size" '[0-9a-f]{12} .*\[heap\]'
	keys f
	asks "f edits the filter at $size" 'filter: kind:text'
	keys C-u
	keys Enter
	lacks "an empty line takes the filter off at $size" 'hidden|only'
	shows "all is there again at $size" '[0-9a-f]{12} .*\[heap\]'

	keys q
	ended "q ends the program at $size" 0
	restored "the terminal is as it was at $size"
done
tap_end
