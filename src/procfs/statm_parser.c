/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "procfs/statm_parser.h"

#include <errno.h>

#include "base/number.h"

#define COLUMN_COUNT 6 /* the seventh, dirty pages, is always 0 */

int statm_parse(const char *bytes, size_t length, struct proc_statm *ret_statm)
{
	const char *at = bytes, *end = bytes + length;
	uint64_t columns[COLUMN_COUNT];

	for (unsigned i = 0; i < COLUMN_COUNT; i++) {
		if (i && (at == end || *at++ != ' '))
			return -EBADMSG;
		if (number_scan(&at, end, 10, &columns[i]))
			return -EBADMSG;
	}
	*ret_statm = (struct proc_statm){
		.size = columns[0],
		.resident = columns[1],
		.shared = columns[2],
		.text = columns[3],
		.data = columns[5], /* the fifth, libraries, is always 0 */
	};
	return 0;
}
