#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Takes the pictures of README.md: the real program in a real terminal, an xterm on a screen of its
# own. Run it by "make screenshots". Nothing sleeps for luck: a picture is taken when the screen
# shows what it is to show, and has come to rest.

set -eu
vastop=${VASTOP:?the program}
themes=${THEMES:?the folder of the themes}
folder=${1:?the folder for the pictures}
patience=30 # seconds for anything to appear
picture=0

need()
{
	for tool in "$@"; do
		command -v "${tool%%:*}" >/dev/null || missing="${missing-} ${tool##*:}"
	done
	[ -z "${missing-}" ] || {
		echo "screenshots: install these packages:$missing" >&2
		exit 1
	}
}

need Xvfb:xvfb xterm tmux import:imagemagick python3 fc-list:fontconfig
fc-list | grep -q 'DejaVu Sans Mono' || {
	echo 'screenshots: install these packages: fonts-dejavu-core' >&2
	exit 1
}

work=$(mktemp -d)
trap clean_up EXIT
trap 'exit 1' HUP INT TERM
export TMUX_TMPDIR="$work" LC_ALL=C.UTF-8 TZ=UTC
# What the reader has configured is not what others see.
export XDG_CONFIG_HOME="$work"
unset TMUX NO_COLOR

clean_up()
{
	in_tmux kill-server 2>/dev/null || :
	for pid in ${terminal-} ${subject-} ${server-}; do
		kill "$pid" 2>/dev/null || :
	done
	rm -rf "$work"
}

in_tmux()
{
	tmux -u -L "pictures-$picture" -f /dev/null "$@"
}

# wait_until COMMAND...: ends the script when it does not come true.
wait_until()
{
	deadline=$(($(date +%s) + patience))
	until "$@"; do
		[ "$(date +%s)" -le "$deadline" ] || {
			echo "screenshots: waited in vain: $*" >&2
			exit 1
		}
		sleep 0.1
	done
}

# The process that is shown: a Python with libraries, threads, a heap, a large mapping of which a
# part is used, and a cache that grows a step for each line on its stdin.
cat >"$work/server.py" <<'END'
import ctypes, mmap, sqlite3, ssl, sys, threading

wait = threading.Event()
for _ in range(3):
    threading.Thread(target=wait.wait, daemon=True).start()
pool = mmap.mmap(-1, 64 << 20)
for at in list(range(0, 20 << 20, 4096)) + list(range(44 << 20, 52 << 20, 4096)):
    pool[at] = 1
cache = [bytes(1000) for _ in range(2000)]
print("ready", flush=True)
for line in sys.stdin:
    cache.append([bytes(4000) for _ in range(60)])
    print("grown", flush=True)
END

start_subject()
{
	mkfifo "$work/in" "$work/out"
	python3 "$work/server.py" <"$work/in" >"$work/out" &
	subject=$!
	exec 8>"$work/in" 9<"$work/out"
	read -r _ <&9
}

grow()
{
	echo >&8
	read -r _ <&9
}

start_screen()
{
	Xvfb -displayfd 3 -screen 0 1800x1200x24 3>"$work/display" >/dev/null 2>&1 &
	server=$!
	wait_until [ -s "$work/display" ]
	DISPLAY=:$(cat "$work/display")
	export DISPLAY
}

# open_picture COLUMNS LINES GROUND TEXT [ARGUMENT...]: vastop in an xterm of these colours.
open_picture()
{
	columns=$1 lines=$2 ground=$3 text=$4
	shift 4
	# A server that ends keeps its socket for a moment: each gets its own.
	picture=$((picture + 1))
	in_tmux start-server \; set-option -g status off \; \
		set-option -g default-terminal tmux-256color \; \
		set-option -ga terminal-overrides ',*:RGB' \; set-option -sg escape-time 0 \; \
		new-session -d -x "$columns" -y "$lines" -c "$work" "$vastop" "$@"
	xterm -u8 -fa 'DejaVu Sans Mono' -fs 11 -geometry "${columns}x$lines+0+0" -b 6 \
		-bg "$ground" -fg "$text" +sb -e tmux -u -L "pictures-$picture" attach >/dev/null 2>&1 &
	terminal=$!
	wait_until is_on_screen '●|\* live'
}

is_on_screen()
{
	in_tmux capture-pane -p 2>/dev/null | grep -qE -- "$1"
}

press()
{
	in_tmux send-keys "$@"
}

# The screen at rest: two pictures in a row are the same, and they are not of one colour.
is_at_rest()
{
	import -window root -trim +repage "png:$work/new.png" 2>/dev/null || return 1
	if [ "$(identify -format %k "$work/new.png")" -gt 8 ] &&
		[ "$(identify -format '%#' "$work/new.png")" = "${before-}" ]; then
		return 0
	fi
	before=$(identify -format '%#' "$work/new.png")
	return 1
}

# close_picture NAME: takes the picture and closes the terminal.
close_picture()
{
	press Space
	wait_until is_on_screen paused
	before=
	wait_until is_at_rest
	convert "$work/new.png" -colors 128 -define png:exclude-chunks=date,time,tIME \
		"$folder/$1.png"
	in_tmux kill-server
	kill "$terminal" 2>/dev/null || :
	wait "$terminal" 2>/dev/null || :
	echo "$folder/$1.png"
}

start_screen
start_subject

open_picture 120 40 '#101216' '#d0d4dc' "$subject"
wait_until is_on_screen 'pss +[0-9.]+[KM]'
close_picture whole

open_picture 120 40 '#101216' '#d0d4dc' --delay=0.1 "$subject"
for pause in 1 0.4 0.4 0.4 1 1.6 0.3 0.3; do
	grow
	sleep "$pause" # time is what the chart shows
done
wait_until is_on_screen '\[heap\].*\+.*rw-p'
wait_until is_on_screen 'pss +[0-9.]+[KM]'
close_picture grown

open_picture 120 40 '#ffffff' '#202020' --theme="$themes/colour-blind.theme" \
	"$subject"
wait_until is_on_screen 'pss +[0-9.]+[KM]'
close_picture colour-blind

"$vastop" --once --format=json "$subject" >"$work/before.json"
for _ in 1 2 3 4 5 6 7 8 9 10; do
	grow
done
open_picture 120 40 '#101216' '#d0d4dc' --diff before.json "$subject"
wait_until is_on_screen '[0-9] differ'
wait_until is_on_screen 'pss +[0-9.]+[KM]'
close_picture side-by-side
