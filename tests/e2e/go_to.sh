#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Going to an address: the line, the cursor, the answer, mistakes; and the same without a screen.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"

need tmux
target plain

start_of()
{
	sed -n "s/-.* $1\$//p" "/proc/$target_pid/maps" | head -n 1
}

stack=$(start_of '\[stack\]')
heap=$(start_of '\[heap\]')

# go_to EXPRESSION: types it behind g.
go_to()
{
	keys g
	wait_until screen_has '^ go to:' || waited_in_vain "g asks for an address" "$(screen)"
	keys -l "$1"
	keys Enter
}

answer_is_closed()
{
	screen_has 'address space' && ! screen_has 'program\+0x10 ='
}

for size in '80 24' '160 50'; do
	# shellcheck disable=SC2086 # two words
	screen_start $size "$vastop" "$target_pid"
	shows "$size: the picture is there" 'address space'

	go_to program+0x10
	shows "$size: a name and an offset are found" \
		'program\+0x10 = [0-9a-f]+ ' 'mapping +plain .*, r-.p' \
		'here +0x10 \(16B\) above its start, page 1 of' 'read +works' \
		'write +SIGSEGV, SEGV_ACCERR' 'in file +offset 0x10, size [0-9.]+K, ELF address 0x10'
	shows "$size: the cursor is there" '▸.*plain'
	keys Escape
	if wait_until answer_is_closed; then
		pass "$size: Esc closes the answer"
	else
		waited_in_vain "$size: Esc closes the answer" "$(screen)"
	fi

	go_to stack-64K
	shows "$size: the stack grows" 'gap +room for the stack' 'read +works: the stack grows' \
		"above +\\[stack\\], 64K away, from $stack"

	go_to "${heap}"
	shows "$size: an address as in maps" "╭ $heap ─" 'mapping +\[heap\], rw-p'

	go_to 0
	shows "$size: NULL" 'access +SIGSEGV, SEGV_MAPERR: kept unmapped'

	go_to hepa
	shows "$size: a mistake keeps the line and says why" \
		"go to: hepa +unknown name: 'hepa'; did you mean heap\\?"
	keys C-u
	keys -l heap+1
	keys Enter
	shows "$size: and can be corrected" "heap\\+1 = ${heap%?}1"
	keys Q
	ended "$size: Q quits" 0
done

# Without the screen.

"$vastop" --locate=heap+0x100 "$target_pid" >"$work/out" 2>"$work/err"
status=$?
if [ $status -eq 0 ] && [ ! -s "$work/err" ] &&
	grep -q "^address  ${heap%???}100 = heap+0x100\$" "$work/out" &&
	grep -q '^here     0x100 (256B) above its start, page 1 of ' "$work/out" &&
	grep -q '^jump     SIGSEGV, SEGV_ACCERR: ' "$work/out"; then
	pass '--locate writes the same'
else
	fail '--locate writes the same' "status $status
$(cat "$work/out" "$work/err")"
fi

"$vastop" --locate=program:main+1 "$target_pid" >"$work/out" 2>"$work/err"
status=$?
if [ $status -eq 0 ] && [ ! -s "$work/err" ] && grep -q '^symbol   main+0x1, function$' "$work/out" &&
	grep -q '^section  \.text' "$work/out"; then
	pass '--locate knows symbols and sections'
else
	fail '--locate knows symbols and sections' "status $status
$(cat "$work/out" "$work/err")"
fi

"$vastop" --locate=heap+ "$target_pid" >"$work/out" 2>"$work/err"
status=$?
if [ $status -eq 2 ] && [ ! -s "$work/out" ] && [ "$(wc -l <"$work/err")" -eq 1 ] &&
	grep -q "^vastop: --locate='heap+': Expected a number or a name at column 6\\.\$" \
		"$work/err"; then
	pass 'a mistake in --locate is one sentence and status 2'
else
	fail 'a mistake in --locate is one sentence and status 2' "status $status
$(cat "$work/out" "$work/err")"
fi

kill_target
tap_end
