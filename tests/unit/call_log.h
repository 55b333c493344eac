/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_CALL_LOG_H
#define TESTS_UNIT_CALL_LOG_H

/*
 * What a module asks of others, a line a call, for tests that stand in for those: a test defines
 * their functions itself, which say what they were asked. From one thread.
 */

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct call_log {
	char text[65536];
	size_t length;
};

static struct call_log call_log;

__attribute__((format(printf, 1, 2))) static inline void call_log_say(const char *format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(call_log.text + call_log.length, sizeof(call_log.text) - call_log.length,
			   format, arguments);
	va_end(arguments);
	assert_true(length >= 0 && (size_t)length + 1 < sizeof(call_log.text) - call_log.length);
	call_log.length += (size_t)length;
	strcpy(call_log.text + call_log.length++, "\n");
}

static inline void call_log_clear(void)
{
	call_log.length = 0;
	call_log.text[0] = '\0';
}

/* Each call since the last time, and no other. */
static inline void call_log_expect(const char *expected)
{
	assert_string_equal(call_log.text, expected);
	call_log_clear();
}

#endif
