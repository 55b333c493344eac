#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Shells complete the options of vastop and their values by what --completion writes.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need bash

for shell in bash zsh fish; do
	"$vastop" --completion="$shell" >"$work/$shell"
	if command -v "$shell" >/dev/null; then
		check "$shell can read it" "$shell" -n "$work/$shell"
	else
		skip "$shell can read it" "$shell not found"
	fi
done

# bash_completes NAME EXPECTED WORD...: what bash would offer for the last of the words, of which "="
# is one where it stands between others, as readline cuts the line.
bash_completes()
{
	name=$1
	expected=$2
	shift 2
	# shellcheck disable=SC2016 # bash's own variables
	offered=$(bash --norc -c '
		. "$1"
		program=$2
		shift 2
		COMP_WORDS=("$program" "$@")
		COMP_CWORD=$#
		_vastop "$program" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
		echo "${COMPREPLY[*]}"' bash "$work/bash" "$vastop" "$@" 2>&1)
	if [ "$offered" = "$expected" ]; then
		pass "$name"
	else
		fail "$name" "offered: $offered
expected: $expected"
	fi
}

bash_completes 'the beginning of an option' '--format=' --form
bash_completes 'the beginning of several' '--list-commands --list-themes --list-kinds --list-fields' --list
bash_completes 'values behind =' 'picture table csv json svg openmetrics folded' --format =
bash_completes 'the beginning of a value' 'json' --once --format = js
bash_completes 'a value that is a word by itself' 'linear' --scale lin
bash_completes 'a value in one word' 'never' --color=n
bash_completes 'the last of a list' 'pid,rss,private_dirty' --fields = pid,rss,priv
bash_completes 'the first of a list' 'pagemap-scan pagemap' --avoid=pagemap
mkdir -p "$work/home/vastop/themes"
bash_completes 'a folder' "$work/home" --procfs = "$work/ho"
echo 'label = red' >"$work/home/vastop/themes/violet.theme"
bash_completes 'a theme of the user' 'violet' --theme = vio
bash_completes 'nothing for a number' '' --width =
target plain "$work/bash"
# One whose number is not the beginning of another's.
while [ "$(find /proc -maxdepth 1 -name "${target_pid}[0-9]*")" ]; do
	kill_target
	target plain "$work/bash"
done
bash_completes 'a process' "$target_pid" --once "$target_pid"
ln -s "$vastop" "$work/a-command"
bash_completes 'a command' "$work/a-command" -- "$work/a-com"

if command -v tmux >/dev/null; then
	ln -s "$vastop" "$work/vastop"
	screen_start 100 24 env PATH="$work:$PATH" PS1='$ ' bash --norc --noprofile -i
	shows 'bash is there' '^\$ '
	keys ". $work/bash" Enter
	keys 'vastop --form' Tab 'js' Tab
	shows 'at the keyboard, too' 'vastop --format=json'
	keys C-u 'exit' Enter
	ended '... and bash ends'
else
	skip 'at the keyboard, too' 'tmux not found'
fi

name='zsh completes a value'
if command -v zsh >/dev/null; then
	mkdir "$work/zsh.d"
	cp "$work/zsh" "$work/zsh.d/_vastop"
	# shellcheck disable=SC2016 # zsh's own variables
	timeout "$patience" zsh -f -c '
		zmodload zsh/zpty || exit
		zpty shell zsh -f -i
		zpty -w shell "PS1=; fpath=($1 \$fpath); autoload -U compinit; compinit -u -D; print be\"\"gin"
		zpty -r -m shell text "*begin*"
		zpty -n -w shell "vastop --format=js"$'"'\\t'"'" --fields=rss,nam"$'"'\\t'"'"; print e\"\"nd
"
		zpty -r -m shell text "*--fields=rss,name*"
		print -r -- "$text"' zsh "$work/zsh.d" >"$work/typed" 2>&1 9>&-
	check "$name" grep -q -- '--format=json' "$work/typed"
else
	skip "$name" 'zsh not found'
fi

name='fish completes a value'
if command -v fish >/dev/null; then
	timeout "$patience" fish --no-config -c ". $work/fish; complete -C 'vastop --format=js'" \
		>"$work/typed" 2>&1 9>&-
	check "$name" grep -q -- '^--format=json' "$work/typed"
else
	skip "$name" 'fish not found'
fi
tap_end
