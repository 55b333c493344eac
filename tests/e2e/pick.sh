#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The process picker: without a pid, by a name that several have, and over a picture.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need tmux

target plain
first=$target_pid
target plain
second=$target_pid

# A program of a name that no other process has.
own=v$$-own
cp "$(command -v sleep)" "$work/$own" || exit 1
start_own()
{
	"$work/$own" 1000 9>&- &
	own_pid=$!
	children="$children $own_pid"
	wait_until grep -qx "$own" "/proc/$own_pid/comm"
}

# The line of the screen, from 1, that has a sign for the cursor.
cursor_line()
{
	screen | grep -n '▸' | cut -d: -f1
}

screen_lacks()
{
	! screen_has "$1"
}

screen_start 80 24 "$vastop"
shows 'without a pid all processes are listed' 'which process\?' 'processes by rss' ' pid +user' \
	'Esc leave'
# Itself is not among them.
keys -l "^$program_pid\$"
shows 'vastop itself is left out' 'No process matches'
keys Escape
shows 'Esc clears what is typed' 'type a part of the command'
keys -l "^($first|$second)\$("
shows 'a mistake is told with its place' 'at column [0-9]+: .*parenthesis'
keys BSpace
shows 'both targets match' "$first .*plain" "$second .*plain"
check 'the mistake is gone' wait_until screen_lacks 'parenthesis'
keys Right
shows 'the next column sorts' 'processes by size'
keys Tab
shows 'Tab reverses' 'by size, reversed'
keys F5
shows 'F5 makes a tree, with the parents' 'tree' " $$ " '[├└]─.*plain'
keys F5
keys Escape
keys -l "^$first\$"
shows 'a pid narrows to one' ' 1 of ' "▸ *$first "
keys Enter
shows 'Enter watches it' "vastop $first .*plain" '\[heap\]'

# Over the picture: that it is the very same one is seen by what was hidden.
keys i
check 'without the inspector' wait_until screen_lacks 'r can be read'
keys p
shows 'p opens the picker on the watched process' "▸ *$first .*watched"
keys Escape
shows 'Esc goes back' "vastop $first .*plain" '\[heap\]'
check 'to the very same picture' screen_lacks 'r can be read'
check 'and what was said on the way is gone' screen_lacks 'Listing the processes'
keys p
shows 'the picker opens again' 'which process'
keys -l "^$second\$"
shows 'another is found' "▸ *$second .*plain"
keys Enter
shows 'and watched instead' "vastop $second .*plain" '\[heap\]'
keys p
shows 'the picker is there once more' "▸ *$second .*watched"


# The only row is on line 5, columns count from 1; two presses at once are a double click.
press=$(printf '\033[<0;10;5M\033[<0;10;5m')
keys -l "^$first\$"
shows 'the first is found again' "▸ *$first .*plain"
keys -l "$press$press"
shows 'a double click watches it' "vastop $first .*plain" '\[heap\]'
keys p
shows 'p goes on from there' "▸ *$first .*watched"
# The heading of the sizes is at columns 37 to 43 of line 4.
keys -l "$(printf '\033[<0;42;4M\033[<0;42;4m')"
shows 'a click on a heading sorts by it' 'processes by size'
keys -l "^$second\$"
shows 'back to the second' "▸ *$second .*plain"
keys Enter
shows 'which is watched again' "vastop $second .*plain" '\[heap\]'
keys p
shows 'with the picker over it' "▸ *$second .*watched"

# What cannot be watched: a process that ends while the picker is open is not attached to.
start_own
keys -l "^$own_pid\$"
shows 'a new process comes into the list' "▸ *$own_pid .*$own 1000"
kill "$own_pid"
wait "$own_pid" 2>/dev/null
keys Enter
shows 'one that has ended cannot be watched, and the picker stays' 'which process' \
	'There is no process|No process matches'
keys Escape
keys Escape
shows 'and goes back to the picture' "vastop $second .*plain" '\[heap\]'
keys q
ended 'q ends the program with success' 0
restored 'the terminal is as it was'

# Rows that come and go do not move the cursor.
start_own
lowest=$own_pid
start_own
screen_start 160 50 "$vastop" "^$own"
shows 'several of a name: narrowed to it' "filter: .$own" ' 2 of ' "$lowest .*$own" \
	"$own_pid .*$own" 'sleeping'
start_own
chosen=$own_pid
start_own
start_own
shows 'new ones are listed' ' 5 of '
# From rss over threads, state and user.
keys Left Left Left Left
shows 'sorted by pid' 'processes by pid'
keys Home Down Down
if [ "$lowest" -lt "$chosen" ] && [ "$chosen" -lt "$own_pid" ]; then
	shows 'the cursor is on the third' "▸ *$chosen "
	before=$(cursor_line)
	kill "$own_pid"
	wait "$own_pid" 2>/dev/null
	shows 'one goes away' ' 4 of '
	check 'the cursor stays on its line' [ "$(cursor_line)" = "$before" ]
	shows 'and on its process' "▸ *$chosen "
else
	skip 'the cursor stays on its line' 'pids began anew meanwhile'
fi
keys F10
ended 'F10 quits' 0
restored 'the terminal is as it was after that'

screen_start 40 12 "$vastop"
shows 'on a small screen' 'which process' 'Esc leave' 'rss command'
keys C-c
ended 'Ctrl-C ends it' 130
restored 'the small terminal is as it was'

# By name, without the screen.
for child in $children; do
	[ "$child" = "$chosen" ] || kill "$child" 2>/dev/null
	[ "$child" = "$chosen" ] || wait "$child" 2>/dev/null
done
check 'a name that one process has is enough' sh -c "
	'$vastop' --once --format=json '$own' | grep -q '\"pid\": *${chosen}[,}]'"
screen_start 80 24 "$vastop" "$own"
shows 'also for the screen' "vastop $chosen $own" '\[heap\]'
keys q
ended 'and q ends it' 0
tap_end
