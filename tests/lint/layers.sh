#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The layers: who may include whom, also within a layer, which library is known where, and that
# every module has its header and its test.

set -u
. "${top_srcdir:?}/tests/tap.sh"
cd "$top_srcdir" || exit 1

# may_use LAYER OTHER: which other layers each may use.
may_use()
{
	case $1 in
	base) set -- "$2" ;;
	model | screen) set -- "$2" base ;;
	procfs | inside | layout) set -- "$2" base model ;;
	kernel) set -- "$2" base model procfs ;;
	files) set -- "$2" base model procfs kernel inside ;;
	residency) set -- "$2" base model procfs kernel files inside ;;
	sampler) set -- "$2" base model procfs kernel files ;;
	growth) set -- "$2" base model procfs kernel files inside ;;
	record) set -- "$2" base model kernel ;;
	core) set -- "$2" base model procfs kernel inside ;;
	report) set -- "$2" base model layout inside ;;
	term) set -- "$2" base screen ;;
	ui) set -- "$2" base model layout screen inside ;;
	app) return 0 ;;
	esac
	other=$1
	shift
	case " $* " in
	*" $other "*) return 0 ;;
	esac
	return 1
}
layers='base model procfs inside kernel files residency sampler growth record core screen layout report term ui app'

# may_include LAYER HEADER: each library is known in one layer, by its header.
may_include()
{
	case $2 in
	curses.h | ncurses.h | ncursesw/* | term.h | termcap.h) only=term ;;
	libproc2/*) only=sampler ;;
	elf.h | link.h) only='inside procfs core' ;;
	pcre2.h) only=base ;;
	libiberty/*) only=inside ;;
	elfutils/*) only=files ;;
	jansson.h) only=record ;;
	sqlite3.h) only=record ;;
	zlib.h | zstd.h) only=core ;;
	*) return 0 ;;
	esac
	case " $only " in
	*" $1 "*) return 0 ;;
	esac
	return 1
}

# QUOTE LAYER FILE HEADER for every #include "HEADER" or <HEADER>; QUOTE is " or <.
includes=$(find src include -name '*.[ch]' -print0 | LC_ALL=C sort -z |
	xargs -0 grep -H '^[[:space:]]*#[[:space:]]*include' |
	sed -n 's|^\([^:/]*/\([^:/]*\)[^:]*\):[[:space:]]*#[[:space:]]*include[[:space:]]*\(["<]\)\([^">]*\)[">].*|\3 \2 \1 \4|p')

# Those of one QUOTE: LAYER FILE HEADER.
included()
{
	printf '%s\n' "$includes" | sed -n "s/^$1 //p"
}

wrong_layers()
{
	included '"' | while read -r user file header; do
		used=${header%%/*}
		[ "$used" = "$user" ] || [ "$header" = config.h ] || may_use "$user" "$used" ||
			echo "$file includes $header: $user/ may not use $used/"
	done
}

unnamed_layers()
{
	included '"' | while read -r _ file header; do
		[ "$header" = config.h ] || [ -f "include/$header" ] ||
			echo "$file includes $header: include/$header does not exist"
	done
}

wrong_libraries()
{
	included '<' | while read -r layer file header; do
		may_include "$layer" "$header" || echo "$file includes <$header>: only $only/ may"
	done
}

# A module is a header with its source, and uses those whose headers either includes. Follows what
# each uses, and says the way when it comes back to a module on it.
circles()
{
	included '"' | awk '
		$3 ~ /\// {
			module = $2
			sub(/^[^\/]*\//, "", module)
			sub(/\.[ch]$/, "", module)
			used = $3
			sub(/\.h$/, "", used)
			if (used == module || (module, used) in seen)
				next
			seen[module, used] = 1
			uses[module] = uses[module] " " used
			if (!(module in known)) {
				known[module] = 1
				modules[++count] = module
			}
		}
		function follow(module, depth, list, n, i, j, circle) {
			at[module] = depth
			way[depth] = module
			n = split(uses[module], list, " ")
			for (i = 1; i <= n; i++) {
				if (list[i] in done)
					continue
				if (!(list[i] in at)) {
					follow(list[i], depth + 1)
					continue
				}
				circle = list[i]
				for (j = at[list[i]] + 1; j <= depth; j++)
					circle = circle " -> " way[j]
				print circle " -> " list[i]
			}
			delete at[module]
			done[module] = 1
		}
		END {
			for (i = 1; i <= count; i++)
				if (!(modules[i] in done))
					follow(modules[i], 1)
		}'
}

unknown_layers()
{
	for folder in src/* include/*; do
		case " $layers " in
		*" ${folder#*/} "*) ;;
		*) echo "$folder is no layer" ;;
		esac
	done
}

sources_without_header()
{
	find src -name '*.[ch]' | LC_ALL=C sort | while IFS= read -r file; do
		header=include/${file#src/}
		case $file in
		src/app/main.c) ;;
		*.h) echo "$file: headers live in include/" ;;
		*) [ -f "${header%.c}.h" ] || echo "$file: ${header%.c}.h does not exist" ;;
		esac
	done
}

# A header may stand alone when it declares no function that is not defined in it.
headers_without_source()
{
	# shellcheck disable=SC2016 # the $ is awk's
	find include -name '*.h' | LC_ALL=C sort | while IFS= read -r header; do
		source=src/${header#include/}
		[ -f "${source%.h}.c" ] || printf '%s\0' "$header"
	done | xargs -0 -r awk '
		FNR == 1 { comment = depth = 0 }
		{
			line = $0
			while (1) {
				if (comment) {
					at = index(line, "*/")
					if (!at)
						next
					line = substr(line, at + 2)
					comment = 0
				}
				at = index(line, "/*")
				if (!at)
					break
				rest = substr(line, at + 2)
				line = substr(line, 1, at - 1)
				code(line)
				line = rest
				comment = 1
			}
			code(line)
		}
		# Whether a parenthesis closes a declaration outside of braces.
		function code(text) {
			if (text ~ /^[ \t]*#/)
				return
			if (!depth && text ~ /\)[^{]*;/)
				found[FILENAME] = 1
			depth += gsub(/\{/, "", text) - gsub(/\}/, "", text)
		}
		END {
			for (i = 1; i < ARGC; i++)
				if (ARGV[i] in found)
					print ARGV[i]
		}' | while read -r header; do
		source=src/${header#include/}
		echo "$header declares functions: ${source%.h}.c does not exist"
	done
}

# Modules with code that no unit test can reach, each with the reason.
tested_elsewhere()
{
	case $1 in
	app/main) return 0 ;; # main() itself: tests/e2e
	app/growth) return 0 ;; # the kernel's events of a running process: tests/e2e/who_grows.sh
	app/interact | app/loop | app/watch | app/watch_record) return 0 ;; # a real terminal and process: tests/e2e
	esac
	return 1
}

modules_without_test()
{
	find src -name '*.c' | LC_ALL=C sort | while IFS= read -r file; do
		module=${file#src/}
		module=${module%.c}
		tested_elsewhere "$module" || [ -f "tests/unit/test_${module##*/}.c" ] ||
			echo "$file: tests/unit/test_${module##*/}.c does not exist"
	done
}

# A test is named by its module, which may be one that tests share; a part of one too large for a file has a word more.
tests_without_module()
{
	modules=" $(find src include tests/support tests/bench -name '*.[ch]' | sed 's|.*/||; s|\.[ch]$||' | tr '\n' ' ')"
	find tests/unit -name 'test_*.c' | LC_ALL=C sort | while IFS= read -r file; do
		module=${file#tests/unit/test_}
		module=${module%.c}
		until case $modules in *" $module "*) ;; *) [ "$module" = "${module%_*}" ] ;; esac do
			module=${module%_*}
		done
		case $modules in
		*" $module "*) ;;
		*) echo "$file: no layer has such a module" ;;
		esac
	done
}

# Tests and objects in archives are named by the module alone.
repeated_names()
{
	find src -name '*.c' | sed 's|.*/||' | LC_ALL=C sort | uniq -d
}

none 'a layer uses only layers below it' "$(wrong_layers)"
none 'headers are included by the name of their layer' "$(unnamed_layers)"
none 'each library is known in one layer' "$(wrong_libraries)"
none 'no modules use each other in a circle' "$(circles)"
none 'every folder is a layer' "$(unknown_layers)"
none 'every source has its header' "$(sources_without_header)"
none 'every header with functions has its source' "$(headers_without_source)"
none 'every module has its unit test' "$(modules_without_test)"
none 'every unit test has its module' "$(tests_without_module)"
none 'no two modules have the same name' "$(repeated_names)"
tap_end
