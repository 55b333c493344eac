/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/message.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/text.h"
#include "base/utf8.h"

void message_say(const char *format, ...)
{
	struct text sentence = {0}, safe = {0};
	va_list list;

	va_start(list, format);
	text_append_list(&sentence, format, list);
	va_end(list);
	utf8_append_escaped(&safe, text_string(&sentence), sentence.length);
	fprintf(stderr, "vastop: %s\n", text_string(&safe));
	text_finish(&sentence);
	text_finish(&safe);
}
