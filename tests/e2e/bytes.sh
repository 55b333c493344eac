#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The bytes of a process: as it says itself that they are, as its file has them, and as hexdump -C
# writes them; and looking at them changes nothing.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"

target known "$work/addresses"

# The address of a thing in the target: known NAME
known()
{
	sed -n "s/^$1 //p" "$work/addresses"
}

# dump ARGUMENT...: sets status, and writes the files out and err.
dump()
{
	"$vastop" "$@" "$target_pid" >"$work/out" 2>"$work/err"
	status=$?
}

# The dump's lines without their addresses.
contents()
{
	sed 's/^[0-9a-f]* *//' "$1"
}

# Which minor faults the target had, and what is resident: that of statm is not exact.
counters()
{
	sed 's/.*) //' "/proc/$target_pid/stat" | cut -d ' ' -f 8
	grep '^Rss:' "/proc/$target_pid/smaps_rollup"
}

if ! head -c 1 "/proc/$target_pid/mem" >/dev/null 2>"$work/err" &&
	! grep -q 'Input/output' "$work/err"; then
	skip 'the bytes of a process' 'memory of other processes may not be read here'
	tap_end
	exit 0
fi

before=$(counters)

dump --bytes="$(known secret)" --length=32
check 'a text is where the target says' test "$(cat "$work/out")" = "\
$(known secret)  74 68 65 20 71 75 69 63  6b 20 62 72 6f 77 6e 20  |the quick brown |
$(printf %x $((0x$(known secret) + 16)))  66 6f 78 20 6f 66 20 76  61 73 74 6f 70 00 00 00  |fox of vastop...|
$(printf %x $((0x$(known secret) + 32)))"

dump --bytes="$(known counter)" --length=8
check 'a number has the bytes of this machine' grep -qE \
	'  (88 77 66 55 44 33 22 11|11 22 33 44 55 66 77 88) ' "$work/out"

dump --bytes="$(known block)" --length=4000
check 'a block on the heap, repeated lines left out' test "$(wc -l <"$work/out")" -eq 3

dump --bytes="$(known pages)" --length=16K
check 'pages not in memory are ??' test "$(contents "$work/out" | sort | uniq -c |
	awk '{ $1 = $1; print }')" = "$(printf '%s\n' '1' '3 *' \
	'1 a5 a5 a5 a5 a5 a5 a5 a5 a5 a5 a5 a5 a5 a5 a5 a5 |................|' \
	'2 ?? ?? ?? ?? ?? ?? ?? ?? ?? ?? ?? ?? ?? ?? ?? ?? |????????????????|' |
	LC_ALL=C sort -k 2)"

check 'looking changed nothing in the target' test "$(counters)" = "$before"

name='the file of the program, as hexdump -C writes it'
if command -v hexdump >/dev/null; then
	dump --bytes=program --length=2048
	head -c 2048 "/proc/$target_pid/exe" | hexdump -C >"$work/hexdump"
	check "$name" test "$(contents "$work/out")" = "$(contents "$work/hexdump")"
else
	skip "$name" 'hexdump not found'
fi

dump --search='quick brown fox'
check 'a text is found where it is' test "$(cat "$work/out")" = \
	"$(printf %x $((0x$(known secret) + 4)))"
dump --search='0x74686520 71756963 6b20'
# Some compilers keep the words that the text is made of, too.
check 'bytes are found' grep -qx "$(known secret)" "$work/out"
dump --search="&$(known block)"
check 'who points to a block is found' grep -qx "$(known pointer)" "$work/out"
dump --search='"0x no such text in that process"'
check 'what is nowhere is not found' test "$status" -eq 0 -a ! -s "$work/out" -a ! -s "$work/err"
check 'searching changed nothing either' test "$(counters)" = "$before"
dump --search=0x1
check 'a mistake in what to search is status 2' test "$status" -eq 2 -a ! -s "$work/out" -a \
	"$(wc -l <"$work/err")" -eq 1

dump --bytes=heap+
check 'a mistake is one sentence and status 2' test "$status" -eq 2 -a ! -s "$work/out" -a \
	"$(cat "$work/err")" = "vastop: --bytes='heap+': Expected a number or a name at column 6."

"$vastop" --bytes=0 --procfs="$top_srcdir/tests/fixtures" 1 >"$work/out" 2>"$work/err"
check 'a recording has none' test $? -ne 0 -a ! -s "$work/out" -a -s "$work/err"

# On the screen: a counter that changes, a pointer that is followed, a page that is not in memory.

if command -v tmux >/dev/null; then
	screen_start 80 24 "$vastop" --delay=0.1 "$target_pid"
	shows 'the picture is there' 'address space'

	# go_to ADDRESS: goes there, and shows the bytes.
	go_to()
	{
		keys g
		keys -l "$1"
		keys Enter
		keys B
	}

	go_to "$(known secret)"
	shows 'a text' '╭ bytes › .*known' "$(known secret) 74 68 65 20 71 75 69 63  .* the quick brown"
	keys B
	go_to "$(known counter)"
	shows 'a number' "^│$(known counter) 1122334455667788,"
	printf '\1' >&9
	shows 'that changes on the screen' "^│$(known counter) 1122334455667789,"
	keys B
	go_to "$(known pointer)"
	shows 'a pointer is named' "^│$(known pointer) 0*$(known block) = \\[heap\\]"
	keys Enter
	shows 'and followed' "^│$(known block) 5a5a5a5a5a5a5a5a,"
	keys BSpace
	shows 'and left again' "^│$(known pointer) 0*$(known block) = "
	keys B
	before=$(counters)
	go_to "$(known pages)"
	shows 'a page that is not in memory' "^│$(known pages) not in memory; R reads it anyway"
	check 'which looking did not bring in' test "$(counters)" = "$before"
	keys R
	shows 'a question first' 'R again does so'
	keys R
	shows 'and then it is read' "^│$(known pages) 0000000000000000,"
	dump --bytes="$(known pages)" --length=16
	check 'which brought it in' grep -q '  00 00 00 00 00 00 00 00  00' "$work/out"
	keys F
	keys -l 'quick brown'
	keys Enter
	shows 'a search' "╭ search › quick brown .* 1 found in" \
		"^│$(printf %x $((0x$(known secret) + 4))) +known\\+0x"
	keys Enter
	shows 'that is gone to' '^│[0-9a-f]+4 206b63697571|^│[0-9a-f]+ .*quick brown'
	keys Q
	ended 'Q quits' 0
else
	skip 'bytes on the screen' 'tmux not found'
fi

kill_target
tap_end
