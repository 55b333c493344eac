#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A process whose name, arguments and files try to command the terminal is shown, escaped.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"

# Whether the file out is printable UTF-8 in lines: no control character, of C0, C1 or DEL, and
# none that turns the direction of writing.
is_harmless()
{
	[ -s "$work/out" ] || echo 'nothing was written'
	iconv -f UTF-8 -t UTF-8 "$work/out" >/dev/null || echo 'not UTF-8'
	LC_ALL=C.UTF-8 grep -n '[[:cntrl:]]' "$work/out" | cat -v
	LC_ALL=C grep -naE "$(printf '\342\200[\213-\217\250-\256]|\342\201[\246-\251]|\330\234|\357\273\277')" \
		"$work/out" | cut -c 1-200 | cat -v
	LC_ALL=C grep -nE "$(printf '\302[\200-\237]')" "$work/out" | cat -v
}

once()
{
	timeout "$patience" "$vastop" --once "$@" "$target_pid" </dev/null >"$work/out"
}

mkdir "$work/folder"
target hostile "$work/folder"
stop_target

check 'the picture succeeds' once --width=200 --height=60
none 'the picture is harmless' "$(is_harmless)"
check 'the arguments are there, escaped' grep -qF 'taken over\x07hostile' "$work/out"
check 'the picture fits its size' sh -c "
	[ \$(wc -L <'$work/out') -le 200 ] && [ \$(wc -l <'$work/out') -le 60 ]"

check 'JSON succeeds' once --format=json
none 'JSON is harmless but for its lines' "$(is_harmless)"
if command -v jq >/dev/null; then
	check 'JSON is valid' jq -e 'type == "object" and (.mappings | length) > 10' "$work/out"
	check 'JSON has the arguments, one by one' jq -e '
		(.cmdline | length) == 6 and (.cmdline[5] | length) > 70000 and .cmdline[2] == "\u001b]2;taken over\u0007two\nlines"' "$work/out"
	check 'JSON has the file, with its newline or as maps writes it' jq -e '
		[.mappings[] | select(.name | test("/new(\n|\\\\012)line "))] | length > 0' "$work/out"
	check 'JSON has the file with the long path' jq -e '
		[.mappings[] | select(.name | utf8bytelength > 3800 and endswith("yyy"))] | length > 0' \
		"$work/out"
else
	skip 'JSON is valid' 'jq not found'
fi

for form in '--format=table' '--format=svg' '--check' '--inside=new'; do
	# shellcheck disable=SC2086 # an option and its word
	case $form in
	--format*) once $form ;;
	*) timeout "$patience" "$vastop" $form "$target_pid" </dev/null >"$work/out" 2>&1 ;;
	esac
	none "$form is harmless" "$([ $? -le 2 ] || echo 'it fails'; is_harmless)"
done

if command -v tmux >/dev/null; then
	kill -CONT "$target_pid"
	screen_start 120 50 "$vastop" "$target_pid"
	shows 'the screen shows it' "$target_pid" 'taken over' '\[heap\]' '\[stack\]'
	case $(screen_fact pane_title) in
	*taken*) fail 'the title of the terminal is untouched' "$(screen_fact pane_title)" ;;
	*) pass 'the title of the terminal is untouched' ;;
	esac
	screen >"$work/out"
	none 'the screen is harmless' "$(is_harmless)"
	for key in t e m; do
		keys "$key"
		screen >"$work/out"
		none "the screen is harmless after $key" "$(is_harmless)"
	done
	keys Escape
	keys Q
	ended 'Q ends the program' 0
	restored 'the terminal is as it was'
else
	skip 'the screen shows it' 'tmux not found'
fi
tap_end
