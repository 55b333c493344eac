/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "procfs/syscall_parser.h"

#include <errno.h>
#include <string.h>

#include "base/number.h"

#define RUNNING "running"

/* The hexadecimal word that ends at *end; moves *end before the space in front of it. */
static int scan_last_word(const char *begin, const char **end, uint64_t *ret_number)
{
	const char *space = memrchr(begin, ' ', (size_t)(*end - begin));
	const char *at = space ? space + 1 : NULL;

	if (!space || *end - at < 3 || at[0] != '0' || at[1] != 'x')
		return -EBADMSG;
	at += 2;
	if (number_scan(&at, *end, 16, ret_number) || at != *end)
		return -EBADMSG;
	*end = space;
	return 0;
}

int syscall_parse(const char *bytes, size_t length, uint64_t *ret_stack_pointer)
{
	const char *end = bytes + length;
	uint64_t program_counter, stack_pointer;

	if (end > bytes && end[-1] == '\n')
		end--;
	if ((size_t)(end - bytes) == strlen(RUNNING) &&
	    memcmp(bytes, RUNNING, strlen(RUNNING)) == 0)
		return -EAGAIN;
	if (scan_last_word(bytes, &end, &program_counter) ||
	    scan_last_word(bytes, &end, &stack_pointer) || end == bytes)
		return -EBADMSG;
	*ret_stack_pointer = stack_pointer;
	return 0;
}
