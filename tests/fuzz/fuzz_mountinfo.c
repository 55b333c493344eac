/* SPDX-License-Identifier: GPL-2.0-or-later */
/* In whatever pieces the bytes come, the devices are the same: ascending, each once. */
#include "fuzz.h"

#include <string.h>

#include "model/file_system.h"
#include "procfs/mountinfo_parser.h"

static int parse(struct mountinfo_parser *parser, const char *bytes, size_t length, size_t piece)
{
	int error = 0;

	for (size_t at = 0; at < length && !error; at += piece)
		error = mountinfo_parser_feed(parser, bytes + at,
					      piece < length - at ? piece : length - at);
	return error ? error : mountinfo_parser_end(parser);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct mountinfo_parser whole = {0}, pieces = {0};
	int error = parse(&whole, (const char *)bytes, length, length ? length : 1);

	FUZZ_CHECK(parse(&pieces, (const char *)bytes, length, 7) == error);
	FUZZ_CHECK(error || whole.count == pieces.count);
	for (size_t i = 0; i < whole.count && !error; i++) {
		const struct mounted_device *device = &whole.devices[i];

		FUZZ_CHECK(device->file_system < FILE_SYSTEM_COUNT);
		FUZZ_CHECK(device->file_system == pieces.devices[i].file_system);
		FUZZ_CHECK(mountinfo_parser_find(&whole, device->dev_major, device->dev_minor) ==
			   device);
	}
	mountinfo_parser_finish(&whole);
	mountinfo_parser_finish(&pieces);
	return 0;
}
