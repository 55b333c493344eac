#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What people set up for themselves: the files config and keys, themes, ASCII; and the lists that
# tell what there is.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need tmux

folder=$XDG_CONFIG_HOME/vastop
mkdir -p "$folder/themes"
target plain

# Whether the screen has a sign that is not ASCII.
shows_unicode()
{
	screen | LC_ALL=C grep -q '[^ -~]'
}

printf '%s\n' 'scale = linear' 'ascii = on' >"$folder/config"
printf '%s\n' 'w = quit' 'q = none' 'x = scale' >"$folder/keys"
screen_start 80 24 "$vastop" "$target_pid"
shows 'the file config sets the scale' 'linear' '\[heap\]'
if shows_unicode; then
	fail 'and the signs' "$(screen)"
else
	pass 'and the signs'
fi
shows 'the footer has the keys of the file keys' 'w quit'
keys q
shows 'a key that was taken away does nothing' 'has no command'
keys x
shows 'a key that was given does what it says' 'equal'
keys w
ended 'w quits' 0
restored 'the terminal is as it was'

screen_start 80 24 "$vastop" --scale=log "$target_pid"
shows 'the command line wins' '─ log|- log' '\[heap\]'
keys w
ended 'w quits again' 0

# Mistakes.
printf '%s\n' 'thene = nord' 'delay = 0.5' 'scale = cubic' >"$folder/config"
printf '%s\n' 'x = zoom-im' >"$folder/keys"
screen_start 80 24 "$vastop" "$target_pid"
shows 'the screen says that there are mistakes' '3 mistakes in the settings' '\[heap\]'
shows 'the rest of the file applies' '500ms|0\.5s'
keys q
ended 'q quits' 0
shows 'which ones is told with file, line and what was meant' \
	"config:1: unknown option 'thene'; did you mean 'theme'" \
	"config:3: scale takes log, linear or equal, not 'cubic'" \
	"keys:1: unknown command 'zoom-im'; did you mean 'zoom-in'"
rm "$folder/config" "$folder/keys"
mkfifo "$folder/config"
mkdir "$folder/keys"
screen_start 80 24 "$vastop" "$target_pid"
shows 'files that are none do not hinder' '2 mistakes in the settings' '\[heap\]'
keys q
ended 'q quits in spite of them' 0
rm -r "$folder/config" "$folder/keys"

# Themes.
cp "$top_srcdir/themes/nord.theme" "$folder/themes/aaa.theme"
printf 'kind-heap = blu\n' >"$folder/themes/bbb.theme"
screen_start 80 24 "$vastop" "$target_pid"
shows 'the picture in the default theme' '\[heap\]'
keys T
shows 'T goes to the next theme' 'Theme aaa\.' '\[heap\]'
keys T
shows 'a theme with a mistake tells it' "Theme bbb, line 1: unknown colour 'blu'" '\[heap\]'
keys q
ended 'q quits after themes' 0
restored 'the terminal is as it was after themes'

# Lists.
for list in commands themes kinds; do
	check "--list-$list succeeds" "$vastop" "--list-$list"
	"$vastop" "--list-$list" >"$work/list"
	none "--list-$list writes plain columns" \
		"$(grep -nvE '^[^[:cntrl:] ]+  +[^[:cntrl:]]+$' "$work/list")"
done
tap_end
