/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/exhaustion.h"

#include <stdlib.h>
#include <unistd.h>

#include "app/message.h"
#include "base/memory.h"
#include "term/terminal.h"

/* Without memory, and in whichever thread: no stream is touched, nothing is tidied up. */
static void end(void)
{
	static const char sentence[] =
		"vastop: out of memory; end other programs or raise the limit (ulimit -v).\n";

	terminal_restore();
	(void)!write(STDERR_FILENO, sentence, sizeof(sentence) - 1);
	_exit(EXIT_TROUBLE);
}

void exhaustion_prepare(void)
{
	memory_set_exhausted_hook(end);
	/* curses ends the program by exit(3) where it lacks memory itself. */
	atexit(terminal_restore);
}
