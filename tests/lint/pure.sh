#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The pure layers are pure: what their archive asks of other libraries is neither input, output,
# terminal, clock, environment, nor chance. Equal arguments give equal results.

set -u
. "${top_srcdir:?}/tests/tap.sh"
archive=${top_builddir:?}/libpure.a
newline='
'
NM=${NM:-nm}

if ! command -v "$NM" >/dev/null; then
	skip 'the pure layers are pure' 'nm not found'
	tap_end
	exit 0
fi

# "LAYER MODULE" for each that can be compiled: of a source, or, of a generated one, its object.
modules=$({
	cd "$top_srcdir" && find src -name '*.c'
	cd "$top_builddir" && find src -name '*.o'
} | sed -n 's|^src/\([^/]*\)/\(.*/\)*\([^/]*\)\.[co]$|\1 \3|p')

# "LAYER MEMBER" for each member of the archive.
members=$({
	printf '%s\n' "$modules"
	ar t "$archive" | sed 's/\.o$//'
} | awk '
	NF == 2 { if (!($2 in layer)) layer[$2] = $1; next }
	{ print ($1 in layer) ? layer[$1] : "?", $1 }')

# "LAYER/MODULE SYMBOL" for each symbol that a member of the archive leaves undefined and no other
# member defines, symbol versions cut off.
undefined()
{
	{
		printf '%s\n' "$members" | sed 's/^/member /'
		$NM -g --defined-only "$archive" | sed -n 's/^[0-9a-f]* [A-Z] /own /p'
		$NM -A -u "$archive" |
			sed -n 's|^[^:]*:\([^:]*\)\.o: *[Uvw] \([^@]*\).*|asks \1 \2|p'
	} | awk '
		$1 == "member" { layer[$3] = $2 }
		$1 == "own" { own[$2] = 1 }
		$1 == "asks" && !($3 in own) { print layer[$2] "/" $2, $3 }'
}

symbols=$(undefined)

# Asks for symbols, given as an extended regular expression for the whole name; with
# _FORTIFY_SOURCE a function's name has __ before and _chk behind it.
asked()
{
	printf '%s\n' "$symbols" | grep -E " (__)?($1)(_chk)?\$"
}

strangers()
{
	$NM -A -u "$archive" >/dev/null || echo "$archive cannot be read"
	printf '%s\n' "$members" | while read -r layer module; do
		case $layer in
		base | model | procfs | inside | screen | layout | report | ui) ;;
		*) echo "$module.o does not come from a pure layer" ;;
		esac
	done
	for layer in base model procfs inside screen layout report ui; do
		for source in "$top_srcdir/src/$layer"/*.c "$top_srcdir/src/$layer"/*/*.c; do
			module=${source##*/}
			module=${module%.c}
			case $newline$members$newline in
			*" $module$newline"*) ;;
			*) [ ! -f "$source" ] || echo "src/$layer/$module.c is not in libpure.a" ;;
			esac
		done
	done
}

files='open(at)?(64)?(_2)?|creat(64)?|close|closefrom|close_range|p?read(64)?|p?readv|p?write(64)?|p?writev|lseek(64)?'
files="$files|ioctl|fcntl(64)?|dup[23]?|pipe2?|p?poll|p?select|epoll_.*|eventfd|mmap(64)?|munmap"
files="$files|f?l?x?stat(at|x)?(64)?|access|faccessat|readlink(at)?|realpath|(fd)?opendir|readdir(64)?|closedir"
files="$files|unlink(at)?|rename(at)?|mkdir(at)?|mkstemp(64)?|tmpfile(64)?|socket|connect|accept4?|send.*|recv.*|syscall"
streams_in='f?d?open(64)?|freopen(64)?|fclose|fread(_unlocked)?|fgets|getline|getdelim|getc|fgetc|getchar|ungetc|v?f?scanf'
streams_in="$streams_in|isoc(99|23)_v?f?scanf|fseek.*|rewind"
standard='stdin|stdout|stderr|v?printf|puts|putchar(_unlocked)?|perror|v?warnx?|v?errx?|error|vdprintf|dprintf|v?syslog'
streams_out='fwrite(_unlocked)?|fputs(_unlocked)?|fputc(_unlocked)?|putc|_IO_putc|v?fprintf|fflush|overflow'
clock='time|clock(_gettime|_getres|_nanosleep)?|gettimeofday|nanosleep|u?sleep|alarm|setitimer|timer.*'
chance='s?random|s?rand|rand_r|[dlm]rand48|getrandom|getentropy|arc4random.*|localtime(_r)?|mktime|tzset'
process='(secure_)?getenv|setenv|putenv|environ|_?exit|_Exit|quick_exit|atexit|v?fork|exec.*|posix_spawn.*|system|popen'
process="$process|kill|raise|p?sigaction|signal|sigprocmask|get(pp|t)?id|get(e)?[ug]id|pthread_.*|thrd_.*|dlopen|dlsym"
process="$process|setlocale|prctl|ptrace|process_vm_.*"
terminal='stdscr|curscr|newscr|LINES|COLS|initscr|newterm|endwin|doupdate|w?(add|ins|get|in|del)_?w?n?(ch|str|wstr|wch).*'
terminal="$terminal|w?(move|clear|erase|refresh|noutrefresh|attr.*|color_set)|set_term|setupterm|tc[gs]etattr|tput.*|tparm|isatty|ttyname"
libraries='procps_.*|elf(32|64)?_.*|gelf_.*|sqlite3_.*'

none 'the archive holds the pure layers and nothing else' "$(strangers)"
none 'no files, no memory maps, no sockets' "$(asked "$files")"
none 'nothing is read from streams' "$(asked "$streams_in")"
none 'no standard streams' "$(asked "$standard")"
none 'only report/ writes, to the stream that it is given' \
	"$(asked "$streams_out" | grep -v '^report/')"
none 'no clock' "$(asked "$clock")"
none 'no chance, no local time' "$(asked "$chance")"
none 'no environment, processes, signals, threads' "$(asked "$process")"
none 'no terminal' "$(asked "$terminal")"
none 'no library that reads the machine' "$(asked "$libraries")"
tap_end
