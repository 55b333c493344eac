/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_MESSAGE_SCRIPT_H
#define TESTS_UNIT_MESSAGE_SCRIPT_H

/* What is said to the user (app/message.h) is a line of the log. */

#include <stdarg.h>
#include <stdio.h>

#include "app/message.h"
#include "call_log.h"

void message_say(const char *format, ...)
{
	va_list arguments;
	char said[300];

	va_start(arguments, format);
	vsnprintf(said, sizeof(said), format, arguments);
	va_end(arguments);
	call_log_say("say %s", said);
}

#endif
