#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Recorded trees as bug reports carry them: what is there is shown, what is not is unknown, and one
# sentence names the file that is missing, empty or cut.
#
# shellcheck disable=SC2016 # what looks like the shell's variables are jq's

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need jq
whole=$top_srcdir/tests/fixtures/sleep
pid=29203
tree=$work/tree
process=$tree/$pid

# fresh [FILE...]: a tree with these files of the process only; all without any.
fresh()
{
	# Files may be such that only their owner can change them.
	rm -rf "$tree"
	cp -R "$whole" "$tree"
	chmod -R u+w "$tree"
	[ $# -gt 0 ] || return 0
	rm -rf "$process"
	mkdir "$process"
	for file in "$@"; do
		cp "$whole/$pid/$file" "$process"
	done
}

# run ARGUMENT...: vastop on the tree; sets status, and fills out and err.
run()
{
	timeout "$patience" "$vastop" --procfs="$tree" "$@" "$pid" </dev/null >"$work/out" \
		2>"$work/err" 9>&-
	status=$?
}

# differences STATUS PATTERN: what is not so about the last run; without PATTERN it says nothing.
differences()
{
	[ "$status" -eq "$1" ] || echo "exit status $status instead of $1"
	if [ $# -eq 1 ]; then
		cat "$work/err"
	elif [ "$(wc -l <"$work/err")" -ne 1 ] || ! grep -qE -- "$2" "$work/err"; then
		echo "on stderr, not one line with '$2':"
		cat "$work/err"
	fi
}

# says NAME STATUS PATTERN ARGUMENT...
says()
{
	name=$1
	expected=$2
	pattern=$3
	shift 3
	run "$@"
	none "$name" "$(differences "$expected" "$pattern")"
}

out_has()
{
	grep -qE -- "$1" "$work/out" || {
		cat "$work/out"
		return 1
	}
}

json()
{
	jq -e "$@" "$work/out"
}

# Nothing but maps.
fresh maps
run --once
none 'maps alone gives a picture' "$(differences 0)"
check '... of the mappings' out_has '\[stack\]'
check '... of nobody known' out_has 'uid –  state –  threads –'
run --once --format=json
none 'maps alone gives JSON' "$(differences 0)"
check '... with null for what is not known' json '
	[.comm, .exe, .uid, .state, .threads, .start_ticks, .totals.rss] | all(. == null)'
check '... and all mappings' json --argjson lines "$(wc -l <"$process/maps")" \
	'.totals.mappings == $lines'
run --locate='[stack]'
none 'maps alone gives answers' "$(differences 0)"
run --events --samples=2 --delay=0.05
none 'maps alone has no events, and no end' "$(differences 0)"
check '... none' [ ! -s "$work/out" ]

# Nothing but smaps.
fresh cmdline
sed 's/$/\nSize:    8 kB\nRss:     4 kB\nPss:     2 kB\nVmFlags: rd mr/' "$whole/$pid/maps" \
	>"$process/smaps"
run --once --format=json
none 'smaps alone gives JSON' "$(differences 0)"
check '... and all mappings' json --argjson lines "$(wc -l <"$whole/$pid/maps")" \
	'.totals.mappings == $lines and .totals.rss == 4096 * $lines'
run --once
check '... and a picture with their sum' out_has 'rss 148K'
: >"$process/maps"
run --once --format=json
none 'smaps stands in for an empty maps' "$(differences 0)"

# What is wrong.
fresh maps
head -c 1000 "$whole/$pid/maps" >"$process/maps"
for action in --once '--once --format=json' '--locate=[heap]' '--events --samples=1'; do
	# shellcheck disable=SC2086 # several options
	says "a cut list is shown, and said: $action" 0 "/$pid/maps seems to be truncated: " $action
done
printf 'address perms\n' | cat - "$whole/$pid/maps" >"$process/maps"
says 'a line that is no mapping is said' 0 "/$pid/maps is damaged: line 1 is not understood" --once
sed 's/$/\r/' "$whole/$pid/maps" >"$process/maps"
run --once
none 'line ends of DOS do not matter' "$(differences 0)"
: >"$process/maps"
says 'an empty list' 1 "/$pid/maps: the file is empty" --once
rm "$process/maps"
for action in --once '--once --format=json' '--locate=heap' '--events'; do
	# shellcheck disable=SC2086 # several options
	says "no list: $action" 1 "/$pid/maps: no such file, and no smaps" $action
done
cp "$whole/$pid/status" "$process"
says 'no list but status' 1 "/$pid/maps: no such file, and no smaps" --once
check '... which tells the totals' out_has '^rss +[0-9.]+[KM]$'
rm -r "$process"
says 'no directory of the process' 3 "no directory .*/$pid; check" --once
cp "$whole/$pid/maps" "$tree"
says 'a tree that is one process itself' 3 'holds the files of a process itself' --once
tree=$work/none
says 'no tree' 3 'cannot open .*/none: No such file' --once
tree=$work/tree
fresh
mv "$process" "$tree/4711"
pid=4711
run --once
none 'a directory may have another name than the process had' "$(differences 0)"
pid=29203
if [ "$(id -u)" -ne 0 ]; then
	fresh
	chmod 0 "$process/maps"
	says 'a list that may not be read' 4 "/$pid/maps: permission denied" --once
else
	skip 'a list that may not be read' 'root reads everything'
fi

# Damaged in all ways: each file missing, empty, cut, of DOS, a folder, full of noise.
damage()
{
	case $1 in
	missing) rm "$process/$2" ;;
	empty) : >"$process/$2" ;;
	cut-*) head -c "${1#cut-}" "$whole/$pid/$2" >"$process/$2" ;;
	returns) sed 's/$/\r/' "$whole/$pid/$2" >"$process/$2" ;;
	folder) rm "$process/$2" && mkdir "$process/$2" ;;
	noise) head -c 3000 "$vastop" >"$process/$2" ;;
	lines) yes '' | head -n 50 >"$process/$2" ;;
	esac
}

# What is wrong about the last run, which has to be one of those of which the manual tells.
strange()
{
	case $status in
	0 | 1 | 3 | 4) ;;
	*) echo "exit status $status" ;;
	esac
	[ "$(wc -l <"$work/err")" -le 1 ] || cat "$work/err"
	[ ! -s "$work/err" ] || grep -qE '^vastop: .*\.$' "$work/err" || cat "$work/err"
	[ "$status" -eq 0 ] || [ -s "$work/err" ] || echo "status $status without a word"
	grep -E 'no process|one program after the other|kernel thread|[[:cntrl:]]' "$work/err"
	[ "$1" != --once ] || [ "$status" -ne 0 ] || [ -s "$work/out" ] || echo 'no picture'
	[ "$1" != '--once --format=json' ] || [ ! -s "$work/out" ] || jq -e . "$work/out" >/dev/null ||
		echo 'this is no JSON'
}

for file in auxv cmdline comm limits maps stat statm status; do
	findings=
	for way in missing empty cut-1 cut-2 cut-7 cut-16 cut-45 cut-70 cut-150 cut-555 returns folder \
		noise lines; do
		fresh
		chmod u+w "$process"
		damage "$way" "$file"
		for action in --once '--once --format=json' '--locate=0x1000' '--events --samples=1'; do
			# shellcheck disable=SC2086 # several options
			run $action
			found=$(strange "$action")
			[ -z "$found" ] || findings="$findings$way, $action: $found
"
		done
	done
	none "$file damaged in all ways" "$findings"
done

if command -v tmux >/dev/null; then
	fresh maps
	head -c 1000 "$whole/$pid/maps" >"$process/maps"
	screen_start 80 24 "$vastop" --procfs="$tree" "$pid"
	shows 'the screen shows what is there' '\[heap\]' 'uid –'
	shows '... and says what is wrong' 'seems to be truncated'
	shows '... and does not call it live' 'recorded *$'
	keys q
	ended 'q ends the program with success' 0
	rm "$process/maps"
	screen_start 80 24 "$vastop" --procfs="$tree" "$pid"
	ended 'without a list there is no screen' 1
	shows '... and the sentence' 'no such file, and no smaps'
else
	skip 'a recorded tree on the screen' 'tmux not found'
fi
tap_end
